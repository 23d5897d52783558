/** Every language says everything, with the right forms and values, and no view says anything past them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import {
  placeholderFaults,
  pluralFaults,
  stemsOf,
  textsOf,
  unequalKeys,
  untidy,
  wordsWithoutKey,
  type Texts,
} from './locales/faults.ts';

const locales = new Map<string, Texts>(
  readdirSync('locales').map(name => [
    name.replace('.json', ''),
    textsOf(JSON.parse(readFileSync(`locales/${name}`, 'utf8'))),
  ]),
);
const english = locales.get('en') ?? new Map<string, string>();
const sources = readdirSync('widget', { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name))
  .map(name => ({ name, code: readFileSync(`widget/${name}`, 'utf8') }));

describe('the locales', () => {
  it('are the ones that the manifest names', () => {
    expect([...locales.keys()].toSorted()).toEqual(manifest.widget.locale.toSorted());
  });

  it('have the texts that the CRM itself shows', () => {
    const shown = ['name', 'short_description', 'description', 'tour_description'].map(
      key => `widget.${key}`,
    );
    expect([...shown, 'settings.custom'].filter(key => !english.has(key))).toEqual([]);
  });

  describe.each([...locales])('%s', (locale, texts) => {
    it('says everything that English says, and nothing else', () => {
      expect(unequalKeys(texts, english)).toEqual([]);
    });

    it('has every plural form of its language, and no other', () => {
      expect(pluralFaults(locale, texts)).toEqual([]);
    });

    it('fills in the same values as English', () => {
      expect(placeholderFaults(texts, english)).toEqual([]);
    });

    it('has no text that is empty or untidy', () => {
      expect(untidy(texts)).toEqual([]);
    });

    it('is a plain text file, as the CRM’s loader wants it', () => {
      const text = readFileSync(`locales/${locale}.json`, 'utf8');
      expect(text.startsWith('\u{FEFF}')).toBe(false);
      expect(text).not.toContain('\r');
    });
  });

  it('have no text that nobody shows', () => {
    const code = sources.map(source => source.code).join('\n');
    /** Beginnings of keys whose end is chosen while the widget runs. */
    const beginnings = [...code.matchAll(/`(?<beginning>[\w.-]+\.)\$\{/g)].flatMap(
      ({ groups }) => groups?.['beginning'] ?? [],
    );
    const isShown = (stem: string): boolean =>
      stem.startsWith('widget.') ||
      stem === 'settings.custom' ||
      code.includes(`'${stem}'`) ||
      beginnings.some(beginning => stem.startsWith(beginning));
    expect(stemsOf(english).filter(stem => !isShown(stem))).toEqual([]);
  });
});

describe('the views', () => {
  it.each(sources.filter(({ name }) => name.endsWith('.tsx')))(
    '$name says nothing without a key',
    ({ code }) => {
      expect(wordsWithoutKey(code)).toEqual([]);
    },
  );
});
