import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../../domain/assignment.ts';
import { readOwnRules } from '../../../../domain/own-rules.ts';
import { newlyWithoutChannel, sayWithoutChannel } from '../../../../widget/admin/panel/without-channel.ts';
import { createDictionary } from '../../../../widget/words/words.tsx';
import en from '../../../../locales/en.json' with { type: 'json' };
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { employee } from '../../people.ts';

const channels = ['a', 'b', 'c', 'd', 'e'] as const;
/** Sellers on the given number of channels, from the first one on. */
const sellers = (...given: readonly (readonly [employeeId: string, channels: number])[]): Assignment[] =>
  given.flatMap(([employeeId, count]) =>
    channels
      .slice(0, count)
      .map(channelId => ({ channelId, employeeId, role: 'seller', receivesNewClients: true })),
  );
const people = ['1', '2', '3', '4', '5', '6', '7'].map(id => employee({ id, name: `N${id}` }));

describe('the sentence about people without a default channel', () => {
  it.each([
    [
      'ru',
      ru,
      'Канал по умолчанию не выбран (каналов: 2): N2; Канал по умолчанию не выбран (каналов: 5): N1, N3',
    ],
    ['en', en, 'No default channel chosen (2 channels): N2; No default channel chosen (5 channels): N1, N3'],
  ])('counts the channels of each, in %s', (language, words, sentence) => {
    const t = createDictionary(language, words).words;
    const seats = sellers(['1', 5], ['2', 2], ['3', 5]);
    expect(sayWithoutChannel(t, people.slice(0, 3), seats)).toBe(sentence);
  });

  it('names five and counts the others', () => {
    const t = createDictionary('ru', ru).words;
    const seats = sellers(...people.map(({ id }) => [id, 2] as const));
    expect(sayWithoutChannel(t, people, seats)).toMatch(/: N1, N2, N3, N4, N5 и ещё 2$/);
  });
});

describe('people without a default channel since a save', () => {
  const ids = (rules: object, before: Assignment[], after: Assignment[]): string[] =>
    newlyWithoutChannel(readOwnRules(JSON.stringify(rules)), people, before, after).map(({ id }) => id);

  it('include those who got a second channel by it, and not those who had several before', () => {
    expect(ids({}, sellers(['1', 2], ['2', 1]), sellers(['1', 3], ['2', 2]))).toEqual(['2']);
  });

  it('include those who lost the channel that was chosen for them', () => {
    const before = sellers(['1', 3]);
    const after = before.filter(({ channelId }) => channelId !== 'a');
    expect(ids({ channels: { people: { 1: 'a' } } }, before, after)).toEqual(['1']);
    expect(ids({ channels: { people: { 1: 'b' } } }, before, after)).toEqual([]);
  });
});
