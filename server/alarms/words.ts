/** The text that an administrator reads in the CRM when something is wrong, in the language of the account's country. */
import { alarms as en } from '../../locales/en.json';
import { alarms as es } from '../../locales/es.json';
import { alarms as id } from '../../locales/id.json';
import { alarms as pt } from '../../locales/pt.json';
import { alarms as ru } from '../../locales/ru.json';
import { alarms as tr } from '../../locales/tr.json';
import { cut } from '../../domain/cut.ts';
import type { ToldKind, Trouble } from './kind.ts';

/** Other countries get English. */
const SPOKEN: readonly (readonly [words: typeof en, countries: string])[] = [
  [ru, 'RU BY KZ KG UZ TJ TM AM AZ MD GE'],
  [es, 'ES MX AR CO CL PE EC BO PY UY VE CR PA GT HN SV NI DO'],
  [pt, 'BR PT AO MZ'],
  [tr, 'TR'],
  [id, 'ID'],
];
const WORDS = new Map(
  SPOKEN.flatMap(([words, countries]) => countries.split(' ').map(one => [one, words] as const)),
);
const wordsOf = (country: string | null): typeof en => WORDS.get(country ?? '') ?? en;

const NAMED_CHANNELS = 5;
const LONGEST_NAME = 60;

/** Ends the text of a task and identifies the task, whatever language the text is in. */
export const markOf = (kind: ToldKind): string => `[crm-chat-roles:${kind}]`;

export function alarmText(country: string | null, { kind, channels }: Trouble): string {
  const named = channels.slice(0, NAMED_CHANNELS).map(name => cut(name, LONGEST_NAME));
  const more = channels.length > NAMED_CHANNELS ? [`+${channels.length - NAMED_CHANNELS}`] : [];
  // A function, because a plain replacement would interpret patterns such as `$&` in a name.
  const said = wordsOf(country)[kind].replace('{{channels}}', () => [...named, ...more].join(', '));
  return `${said}\n${markOf(kind)}`;
}

export const overText = (country: string | null): string => wordsOf(country).over;
