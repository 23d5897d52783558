/** The words of every language there is, and of one that is none: long and accented, to show what would be cut. */
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

/** Follows `language`: whatever is on the screen is said anew when it changes. */
export const words: Words = new Proxy(spoken(), {
  apply: (_, self, given: unknown[]) => Reflect.apply(spoken(), self, given),
});
