/** Describes a change in words, one line per changed thing. */
import { VALUES, type HistoryChange, type HistoryLine } from '../../account/account.ts';
import type { Words } from '../../words/words.tsx';

/** Names by id, also of people and channels that no longer exist. */
export type Named = {
  readonly person: (id: string) => string;
  readonly channel: (id: string) => string;
  readonly group: (id: string) => string;
};

export const linesOf = ({ lines, more }: HistoryChange, named: Named, t: Words): readonly string[] => [
  ...lines.map(line => lineOf(line, named, t)),
  ...(more > 0 ? [t('history.more', { count: more })] : []),
];

function lineOf(
  { thing, person, channel, group, before, after }: HistoryLine,
  named: Named,
  t: Words,
): string {
  const about = [
    thing !== 'role' && t(`history.thing.${thing}`),
    person !== undefined && named.person(person),
    group !== undefined && named.group(group),
    channel !== undefined && named.channel(channel),
  ].filter(Boolean);
  const value = (told: string): string => {
    const word = VALUES.find(one => one === told);
    if (word) return t(`history.value.${word}`);
    return thing === 'defaultChannel' ? named.channel(told) : told;
  };
  return `${about.join(', ')}: ${value(before)} → ${value(after)}`;
}
