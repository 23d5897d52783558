import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOneOf } from '../../../domain/one-of.ts';
import type { FailureCode } from '../../../widget/http/failure.ts';

const code = (): FailureCode => 'timeout';

describe('a word in a list of words', () => {
  it('is found only if it is in the list', () => {
    expect(isOneOf(code(), ['no-answer', 'timeout'])).toBe(true);
    expect(isOneOf(code(), ['no-answer', 'down'])).toBe(false);
  });

  it('cannot be compared with a word outside its type', () => {
    // @ts-expect-error No code has this name.
    expect(isOneOf(code(), ['timed-out'])).toBe(false);
  });

  it('is never looked up with the untyped includes() of a literal list', () => {
    const untyped = /\[\s*'[^\]]*\]\s*(?:as const\s*)?\)?\.includes\(/;
    const files = ['domain', 'widget', 'server']
      .flatMap(folder =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
      )
      .filter(file => /\.tsx?$/.test(file));
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter(file => untyped.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
