/** The texts of a page's first view where no CRM provides them: one small file per language. */
const FIRST = import.meta.glob<object>('../../locales/*.json', { import: 'default', query: '?first' });

const fileOf = (language: string): string => `../../locales/${language}.json`;

/** English if the language is not supported. */
export async function firstWords(locale: string): Promise<object> {
  const load = FIRST[fileOf(locale)] ?? FIRST[fileOf('en')];
  return load ? load() : {};
}
