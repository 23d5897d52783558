/**
 * The corpus of hostile strings goes through all code that decides without a screen: addresses that get a token or are opened,
 * exported files, saved rules, composed sentences, and searched names.
 */
import { afterAll, describe, expect, it } from 'vitest';
import en from '../../locales/en.json' with { type: 'json' };
import ru from '../../locales/ru.json' with { type: 'json' };
import { isOwnAddress } from '../../widget/chat/wazzup/window.ts';
import { askFrom, askText } from '../../widget/seller/colleagues/ask.ts';
import { lettersFrom } from '../../widget/seller/colleagues/letters.ts';
import { matcherOf, textOf } from '../../domain/directory.ts';
import { chosenGateway } from '../../domain/gateway-address.ts';
import { readOwnRules } from '../../domain/own-rules.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import { chatNumber } from '../../domain/phone.ts';
import { csvOf } from '../../widget/admin/roles/rules/csv.ts';
import { draftOver, choiceAt, withRole } from '../../widget/admin/roles/rules/draft.ts';
import { createDictionary } from '../../widget/words/words.tsx';
import { CORPUS, FAMILY_NAMES } from '../support/hostile/corpus.ts';
import { employee } from './people.ts';

const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;
const still = (text: string): string => text.replaceAll(TURNS, '');

const fields = new Set<string>();
afterAll(() => {
  process.stdout.write(
    `Hostile strings, without a screen: ${CORPUS.length} of ${FAMILY_NAMES.length} families × ${fields.size} fields = ${CORPUS.length * fields.size}\n`,
  );
});

/** The strings whose result is wrong. */
const wrongs = (field: string, isRight: (text: string, family: string) => boolean): readonly string[] => {
  fields.add(field);
  return CORPUS.filter(({ text, family }) => !isRight(text, family)).map(({ text }) => text.slice(0, 60));
};

describe('a hostile string', () => {
  it('in the saved address of the gateway gets a token only over https at a plain address', () => {
    const isRight = (text: string): boolean => {
      const { chatUrl } = readOwnSettings(JSON.stringify({ v: 1, chatUrl: text }));
      const gateway = chosenGateway(chatUrl, 'https://usual.example.com');
      if (gateway === '') return true;
      const { protocol, username, password, search, hash } = new URL(gateway);
      return protocol === 'https:' && [username, password, search, hash].every(part => part === '');
    };
    expect(wrongs('saved gateway', isRight)).toEqual([]);
    for (const saved of ['http://evil.example', 'https://a:b@evil.example', 'javascript:pwned()', 'gateway'])
      expect(chosenGateway(saved, 'https://usual.example.com')).toBe('');
    expect(chosenGateway('', 'https://usual.example.com')).toBe('https://usual.example.com');
  });

  it('as the address of the chat window is not opened', () => {
    expect(wrongs('chat window', text => !isOwnAddress(text))).toEqual([]);
  });

  it('in a saved rule counts as not set, and permits nothing more', () => {
    const usual = readOwnRules('{}').claims;
    const isRight = (text: string): boolean => {
      const claims = { fromColleague: text, supervisorsFreely: text, deals: text, note: text, task: text };
      const rules = readOwnRules(JSON.stringify({ claims, newcomers: { [text]: text, '0': text } }));
      return JSON.stringify(rules.claims) === JSON.stringify(usual) && rules.newcomers.size === 0;
    };
    expect(wrongs('saved rules', isRight)).toEqual([]);
  });

  it('as an id stands for one seat and no other', () => {
    const isRight = (text: string): boolean => {
      const seats = CORPUS.map(one => ({ channelId: one.text, employeeId: '7' }));
      const seat = { channelId: text, employeeId: '7' };
      const draft = withRole(draftOver([]), seat, 'supervisor');
      return seats.every(one => (choiceAt(draft, one).role === 'supervisor') === (one.channelId === text));
    };
    expect(wrongs('id of a channel', isRight)).toEqual([]);
  });

  it('in an exported table is no formula, and stays in its cell', () => {
    const isRight = (text: string): boolean => {
      const csv = csvOf([[text, 'next']]);
      const cell = csv.slice(1, -'\tnext\r\n'.length);
      const inside = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      const inOneLine = text.replaceAll(/[\t\r\n]+/g, ' ');
      return inside.replace(/^'/, '') === inOneLine.replace(/^'/, '') && !/^\s*[=+\-@＝＋－＠]/.test(inside);
    };
    expect(wrongs('exported cell', isRight)).toEqual([]);
  });

  it('becomes a phone number only by its digits', () => {
    const isRight = (text: string): boolean => /^(\d{8,15}|null)$/.test(String(chatNumber(text, 'RU')));
    expect(wrongs('phone', isRight)).toEqual([]);
  });

  it('in a name is found by its own text', () => {
    const isRight = (text: string): boolean => matcherOf(text)(textOf(employee({ id: '7', name: text })));
    expect(wrongs('search', isRight)).toEqual([]);
  });

  it('in a question to a colleague breaks neither the question nor its mark', () => {
    const isRight = (text: string): boolean => {
      const task = { id: '1', contactId: '2', fromId: '3', forId: '4' };
      return askFrom({ ...task, text: askText('Anna asks', text) })?.words === text.trim();
    };
    expect(wrongs('question', isRight)).toEqual([]);
  });

  it('as the reason of a claim is shown as it was written', () => {
    const letters = lettersFrom(createDictionary('ru', ru).words, { id: '7', name: 'Anna' });
    const isRight = (text: string): boolean => {
      const [line = ''] = text.trim().split('\n');
      return still(letters.reasonIn(letters.claimed(null, text))) === still(line);
    };
    expect(wrongs('reason', isRight)).toEqual([]);
  });
});

/** All keys whose sentence has placeholders, with the placeholders' names. */
function sentences(
  words: object,
  path: readonly string[] = [],
): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return sentences(value, [...path, key]);
    const names = [...String(value).matchAll(/\{\{(\w+)\}\}/g)].flatMap(match => match[1] ?? []);
    return names.length > 0 && !/_(few|many|other|one|zero|two)$/.test(key)
      ? [[[...path, key].join('.'), [...new Set(names)]] as const]
      : [];
  });
}

describe.each([
  ['ru', ru],
  ['en', en],
] as const)('a sentence in %s', (language, dictionary) => {
  it('shows a hostile value as it is, and does not resolve what is in it', () => {
    const { words } = createDictionary(language, dictionary);
    const t = (key: string, values: object): string => String(Reflect.apply(words, undefined, [key, values]));
    const all = sentences(dictionary);
    const isRight = (text: string, family: string): boolean =>
      !['words', 'templates', 'bidirectional', 'keys'].includes(family) ||
      all.every(([key, names]) => {
        const values = Object.fromEntries(names.map(name => [name, text]));
        const plain = Object.fromEntries(names.map((name, at) => [name, `<${at}>`]));
        const expected = t(key, plain).replaceAll(/<(\d)>/g, () => still(text));
        // A character that turns the direction of writing does so only within the value.
        const said = t(key, values).replaceAll(/\u2068[^\u202A-\u202E\u2066-\u2069]*\u2069/g, still);
        return said === expected;
      });
    expect(wrongs(`sentences in ${language}`, isRight)).toEqual([]);
    expect(all.length).toBeGreaterThan(50);
  });
});
