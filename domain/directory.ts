/**
 * Everybody in the CRM, made ready for finding while the settings load: neither opening a dialog on ten thousand
 * people nor a key stroke in its search has to fold or sort them again.
 */
import type { Employee } from './employee.ts';
import { folded } from './folded.ts';
import { groupsOf } from './group.ts';

export type Entry = {
  readonly employee: Employee;
  /** What a search looks into: name, e-mail address and group, folded, a line each. */
  readonly text: string;
  /** Where they stand when everybody is sorted by name, from 0. */
  readonly nameRank: number;
  /** Where their group stands among the groups, from 0. */
  readonly groupRank: number;
};

/** By name, as the reader's language sorts. */
export type Directory = readonly Entry[];

/** The one expensive sort, of everybody by name. Every other order is made of its ranks. */
export function directoryOf(employees: readonly Employee[], locale: string): Directory {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const groupRanks = new Map(groupsOf(employees, locale).map(({ id }, rank) => [id, rank]));
  return [...employees]
    .sort((one, other) => compare(one.name, other.name))
    .map((employee, nameRank) => ({
      employee,
      text: textOf(employee),
      nameRank,
      groupRank: groupRanks.get(employee.groupId) ?? 0,
    }));
}

/**
 * With people who have arrived since, while others are still loading. Nobody who is there already changes place.
 * Sorts only the people who arrived together; `directoryOf` sorts everybody once all are there.
 */
export function withMore(known: Directory, more: readonly Employee[], locale: string): Directory {
  const groupRanks = new Map(known.map(({ employee, groupRank }) => [employee.groupId, groupRank]));
  const rankOf = ({ groupId }: Employee): number => {
    const rank = groupRanks.get(groupId) ?? groupRanks.size;
    groupRanks.set(groupId, rank);
    return rank;
  };
  const added = directoryOf(more, locale).map(({ employee, text, nameRank }) => ({
    employee,
    text,
    nameRank: known.length + nameRank,
    groupRank: rankOf(employee),
  }));
  return [...known, ...added];
}

export const textOf = ({ name, email, group }: Employee): string => folded(`${name}\n${email}\n${group}`);

/** Active people first, each half by name. */
export const activeFirst = (directory: Directory): readonly Employee[] =>
  [true, false].flatMap(active =>
    directory.filter(({ employee }) => employee.active === active).map(({ employee }) => employee),
  );

/** Whether every word that was typed occurs in the text, in whatever order and wherever. No words: everybody. */
export function matcherOf(typed: string): (text: string) => boolean {
  const words = folded(typed).split(' ').filter(Boolean);
  return text => words.every(word => text.includes(word));
}
