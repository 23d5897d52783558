/** The texts of every language, and of a pseudo-language with long, accented texts that make cut text visible. */
import { signal } from '@preact/signals';
import { createDictionary, type Words } from '../../../widget/words/words.tsx';
import { pseudo } from '../pseudo.ts';

const FILES = import.meta.glob<object>('../../../locales/*.json', { import: 'default', eager: true });

const all = new Map<string, object>(
  Object.entries(FILES).map(([path, words]) => [
    /(?<code>[^/]+)\.json$/.exec(path)?.groups?.['code'] ?? '',
    words,
  ]),
);
const english = all.get('en') ?? {};
const dictionaries = new Map(
  [...all, ['pseudo', pseudo(english)] as const].map(([code, words]) => [
    code,
    createDictionary(code === 'pseudo' ? 'en' : code, words).words,
  ]),
);

export const LANGUAGES: readonly string[] = [...dictionaries.keys()];
export const language = signal('ru');

const spoken = (): Words => {
  const found = dictionaries.get(language.value);
  if (!found) throw new Error(`There are no words for ${language.value}`);
  return found;
};

/** Follows `language`: when it changes, everything on the screen is rendered again in the new language. */
export const words: Words = new Proxy(spoken(), {
  apply: (_, self, given: unknown[]) => Reflect.apply(spoken(), self, given),
});
