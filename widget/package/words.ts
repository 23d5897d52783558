/** Decides which texts of locales/ a build contains, and adapts the CRM's nouns in them. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** Sections that the CRM itself shows or that a card needs when it opens. */
export const FIRST = ['widget', 'settings', 'card'];
/** Texts of pages inside a frame. */
const FRAME = 'frame';

const LOCALE = /\/locales\/(?<language>\w+)\.json(?<first>\?first)?$/;

/**
 * What Kommo calls a lead is a deal in Pipedrive, where "lead" means something else. The nouns have the same gender, so
 * the words around them stay the same. Russian, Kazakh and Turkish say "deal" everywhere.
 */
const DEALS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  en: ['deal', 'deals'],
  es: ['trato', 'tratos'],
  pt: ['negócio', 'negócios'],
  id: ['deal', 'deal'],
};
/** A text in which English uses "lead" as a verb. */
const LEADS_TO = 'notOwn';

/**
 * `out`: the build has no framed pages. `in`: the texts of a first view are a separate file, because no CRM passes them
 * to a frame, and leads are called deals.
 */
export const wordsOfFrames = (frames: 'in' | 'out'): Plugin => ({
  name: 'words-of-frames',
  enforce: 'pre',
  async load(id) {
    const { language = '', first } = LOCALE.exec(id)?.groups ?? {};
    if (language === '') return null;
    const all: Record<string, unknown> = JSON.parse(await readFile(id.replace(/\?.*$/, ''), 'utf8'));
    const isIn = (section: string): boolean =>
      first ? section === FRAME || section === 'card' : frames === 'in' || section !== FRAME;
    const words = Object.fromEntries(
      Object.entries(withoutServers(all)).filter(([section]) => isIn(section)),
    );
    const text = JSON.stringify(frames === 'in' ? withDeals(words, DEALS[language]) : withoutBudget(words));
    return first ? { code: `export default ${text}`, moduleType: 'js' } : text;
  },
});

/** Removes texts that appear only on our server's own pages, never in the CRM's page. */
const withoutServers = ({ connect, ...words }: Record<string, unknown>): Record<string, unknown> => {
  const { page: _, ...said }: Record<string, unknown> = { ...Object(connect) };
  return { ...words, connect: said };
};

/** Only the CRM that frames our pages counts its requests by the day. */
const withoutBudget = ({ failure, ...words }: Record<string, unknown>): Record<string, unknown> => ({
  ...words,
  ...(failure !== undefined && {
    failure: Object.fromEntries(
      Object.entries(Object(failure)).map(([service, said]) => [service, withoutKey(said, 'budget-gone')]),
    ),
  }),
});

function withoutKey(said: unknown, key: string): unknown {
  return typeof said === 'object' && said !== null
    ? Object.fromEntries(Object.entries(said).filter(([name]) => name !== key))
    : said;
}

function withDeals(words: object, nouns: readonly [one: string, many: string] | undefined): object {
  if (!nouns) return words;
  const [one, many] = nouns;
  const inText = (text: string): string =>
    text.replaceAll(/\b(l)ead(s?)\b/gi, (_, letter: string, plural: string) => {
      const noun = plural === '' ? one : many;
      return letter === 'L' ? `${noun.charAt(0).toUpperCase()}${noun.slice(1)}` : noun;
    });
  return Object.fromEntries(
    Object.entries(words).map(([key, value]: [string, unknown]) => {
      if (typeof value === 'object' && value !== null) return [key, withDeals(value, nouns)];
      return [key, typeof value === 'string' && key !== LEADS_TO ? inText(value) : value];
    }),
  );
}
