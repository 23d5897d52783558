import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Dotted key → text. */
function flat(tree: object, above = '', into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(`${above}${key}`, value);
    else flat(value, `${above}${key}.`, into);
  }
  return into;
}

const files = readdirSync('locales').filter(name => name.endsWith('.json'));
const locales = new Map(
  files.map(name => [name.replace('.json', ''), flat(JSON.parse(readFileSync(`locales/${name}`, 'utf8')))]),
);
const stems = (words: Map<string, string>): string[] =>
  [...new Set([...words.keys()].map(key => key.replace(PLURAL, '')))].toSorted();
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(?<name>\w+)\}\}/g)].flatMap(({ groups }) => groups?.['name'] ?? []).toSorted();
const english = locales.get('en') ?? new Map<string, string>();

describe('the locales', () => {
  it('are the ones that the manifest names', () => {
    expect([...locales.keys()].toSorted()).toEqual(manifest.widget.locale.toSorted());
  });

  it('have the texts that the CRM itself shows', () => {
    for (const key of [
      'widget.name',
      'widget.short_description',
      'widget.description',
      'widget.tour_description',
      'settings.custom',
    ]) {
      expect(english.has(key)).toBe(true);
    }
  });

  describe.each([...locales])('%s', (locale, words) => {
    it('says everything that English says, and nothing else', () => {
      expect(stems(words)).toEqual(stems(english));
    });

    it('has every plural form of its language', () => {
      const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
      for (const stem of new Set(
        [...words.keys()].filter(key => PLURAL.test(key)).map(key => key.replace(PLURAL, '')),
      )) {
        expect(pluralCategories.filter(category => !words.has(`${stem}_${category}`))).toEqual([]);
      }
    });

    it('fills in the same values as English', () => {
      for (const [key, text] of words) {
        const model = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '';
        expect({ key, values: placeholders(text) }).toEqual({ key, values: placeholders(model) });
      }
    });

    it('is a plain text file, as the CRM’s loader wants it', () => {
      const text = readFileSync(`locales/${locale}.json`, 'utf8');
      expect(text.startsWith('\uFEFF')).toBe(false);
      expect(text).not.toContain('\r');
    });
  });

  it('have no text that nobody shows', () => {
    const code = readdirSync('widget', { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .map(name => readFileSync(`widget/${name}`, 'utf8'))
      .join('\n');
    /** Beginnings of keys whose end is chosen while the widget runs. */
    const beginnings = [...code.matchAll(/`(?<beginning>[\w.-]+\.)\$\{/g)].flatMap(
      ({ groups }) => groups?.['beginning'] ?? [],
    );
    const isShown = (stem: string): boolean =>
      stem.startsWith('widget.') ||
      stem === 'settings.custom' ||
      code.includes(`'${stem}'`) ||
      beginnings.some(beginning => stem.startsWith(beginning));
    expect(stems(english).filter(stem => !isShown(stem))).toEqual([]);
  });
});
