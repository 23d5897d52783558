/** The words of a page's first face, where no CRM hands them to us: a small file of each language. */
const FIRST = import.meta.glob<object>('../../locales/*.json', { import: 'default', query: '?first' });

const fileOf = (language: string): string => `../../locales/${language}.json`;

/** English for a language that we do not speak. */
export async function firstWords(locale: string): Promise<object> {
  const load = FIRST[fileOf(locale)] ?? FIRST[fileOf('en')];
  return load ? load() : {};
}
