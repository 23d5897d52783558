/** No style sheet uses left and right, so that it works for both directions of reading. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const WIDGET = fileURLToPath(new URL('../../../widget', import.meta.url));
const sheets = readdirSync(WIDGET, { recursive: true, encoding: 'utf8' }).filter(
  // Sheets for the marketplace's pictures are never read from right to left.
  file => file.endsWith('.css') && !file.startsWith('package'),
);

const SIDES =
  /(?:^|[{;\s])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height)|text-align(?=\s*:\s*(?:left|right))|float)\s*:[^;{}]*;/g;
const sidesIn = (css: string): readonly string[] =>
  (css.replace(/\/\*[\s\S]*?\*\//g, '').match(SIDES) ?? []).map(found => found.trim());

describe('sides', () => {
  it.each(sheets)('%s has none', file => {
    expect(sidesIn(readFileSync(join(WIDGET, file), 'utf8'))).toEqual([]);
  });

  it.each(['margin-left: 1px;', 'left: 0;', 'text-align: right;', 'max-width: 3em;', 'border-top: 0;'])(
    'are found in “%s”',
    css => {
      expect(sidesIn(`a { color: inherit; ${css} }`)).toEqual([css]);
    },
  );

  it('are not found in a property with a similar name', () => {
    expect(sidesIn('a { line-height: 1.4; stroke-width: 2; max-inline-size: 3em; }')).toEqual([]);
  });
});
