/** The words that a person gets, by the language that the CRM names. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDictionary } from '../../../widget/words/words.tsx';

const locales = readdirSync('locales').map(name => name.replace('.json', ''));
const wordsOf = (locale: string) => JSON.parse(readFileSync(`locales/${locale}.json`, 'utf8'));

describe('the dictionary', () => {
  it.each(locales)('speaks %s', async locale => {
    const { widget } = wordsOf(locale);
    const { words, complete } = createDictionary(locale, { widget });
    expect(words('widget.name')).toBe(widget.name);
    await complete();
    expect(words('panel.title')).toBe(wordsOf(locale).panel.title);
  });

  it('speaks English, with English plurals, for a language that we do not have', async () => {
    const { words, complete } = createDictionary('pl', {});
    await complete();
    expect(words('panel.title')).toBe('CRM integration');
    expect(words('panel.withRoles', { count: 2 })).toBe('With a role: 2 employees');
  });

  it('has only the words from the CRM until the rest is loaded', () => {
    const { words } = createDictionary('en', { card: { mine: 'Yours' } });
    expect([words('card.mine'), words('panel.title')]).toEqual(['Yours', 'panel.title']);
  });

  it('does not compile with an unknown key', () => {
    const { words } = createDictionary('en', {});
    // @ts-expect-error: keys are those of locales/en.json.
    expect(words('card.nothing')).toBe('card.nothing');
  });
});
