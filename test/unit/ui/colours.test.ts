/** Only three files may have colours. A literal colour anywhere else would not follow the CRM's theme. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const WIDGET = fileURLToPath(new URL('../../../widget', import.meta.url));
/** The tokens apply inside our shadow roots, and the third file styles the document of a frame around them. */
const TOKENS = new Set([join('ui', 'tokens.css'), join('ui', 'tones.css'), join('framed', 'page.css')]);

const files = readdirSync(WIDGET, { recursive: true, encoding: 'utf8' }).filter(
  // The code that makes the marketplace's pictures draws no view.
  file => /\.(?:css|tsx?)$/.test(file) && !file.startsWith('package') && !TOKENS.has(file),
);
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

const NAMED =
  'black|white|gr[ae]y|silver|red|green|blue|yellow|orange|purple|pink|brown|navy|teal|maroon|olive|lime|aqua|gold|crimson|coral|salmon|tomato|indigo|violet';
const LITERAL = new RegExp(
  `#(?:[\\da-f]{3,4}|[\\da-f]{6}|[\\da-f]{8})\\b|\\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\\(|:[^;{]*\\b(?:${NAMED})\\b[^;{]*;`,
  'gi',
);
const colours = (text: string): readonly string[] => withoutComments(text).match(LITERAL) ?? [];
const literalColours = (file: string): readonly string[] => colours(readFileSync(join(WIDGET, file), 'utf8'));

describe('colours', () => {
  it.each(files.filter(file => file.endsWith('.css')))('%s has none', file => {
    expect(literalColours(file)).toEqual([]);
  });

  it('are in no view either', () => {
    const views = files.filter(file => file.endsWith('.tsx'));
    expect(views.length).toBeGreaterThan(20);
    expect(views.flatMap(file => literalColours(file).map(colour => `${file}: ${colour}`))).toEqual([]);
  });

  it.each(['color: #fff;', 'color: rgb(0 0 0);', 'background: no-repeat white;', 'fill: #12345678'])(
    'are found in “%s”',
    css => {
      expect(colours(`a { ${css} }`)).toHaveLength(1);
    },
  );
});
