/** The linter does not read style sheets, so this test finds features in them that a supported browser lacks. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lackingIn } from '../../support/old-browsers/in-sheet.ts';

const sheets = ['widget', 'test/sandbox'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    // Sheets for the marketplace's pictures run in one browser only.
    .filter(name => name.endsWith('.css') && !name.startsWith('package'))
    .map(name => `${folder}/${name}`),
);

describe('every supported browser', () => {
  it.each(sheets)('understands %s', path => {
    expect(lackingIn(readFileSync(path, 'utf8'))).toEqual([]);
  });
});
