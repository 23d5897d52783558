/** The linter's part for style sheets, which the linter does not read: where in them a supported browser is left out. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lackingIn } from '../../support/old-browsers/in-sheet.ts';

const sheets = ['widget', 'test/sandbox'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    // What draws the marketplace's pictures runs in one browser only.
    .filter(name => name.endsWith('.css') && !name.startsWith('package'))
    .map(name => `${folder}/${name}`),
);

describe('every supported browser', () => {
  it.each(sheets)('understands %s', path => {
    expect(lackingIn(readFileSync(path, 'utf8'))).toEqual([]);
  });
});
