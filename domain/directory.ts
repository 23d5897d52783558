/**
 * Everyone in the CRM, prepared for searching while the settings load. Opening a dialog with ten thousand people or
 * typing in its search then needs no further folding or sorting.
 */
import type { Employee } from './employee.ts';
import { folded } from './folded.ts';
import { groupsOf } from './group.ts';

export type Entry = {
  readonly employee: Employee;
  /** The folded text that a search looks at: name, e-mail address and group, one per line. */
  readonly text: string;
  /** The position among all employees sorted by name, from 0. */
  readonly nameRank: number;
  /** The position of the employee's group among all groups, from 0. */
  readonly groupRank: number;
};

/** Sorted by name in the order of the reader's language. */
export type Directory = readonly Entry[];

/** Sorts all employees by name. This is the one expensive sort; every other order is derived from its ranks. */
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
 * Adds people who arrived while others are still loading. People already listed keep their places. Only the new people
 * are sorted; `directoryOf` sorts everyone once all have arrived.
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

/** Active people first; both parts sorted by name. */
export const activeFirst = (directory: Directory): readonly Employee[] =>
  [true, false].flatMap(active =>
    directory.filter(({ employee }) => employee.active === active).map(({ employee }) => employee),
  );

/** Checks whether every typed word occurs in the text, in any order and at any position. No words match everyone. */
export function matcherOf(typed: string): (text: string) => boolean {
  const words = folded(typed).split(' ').filter(Boolean);
  return text => words.every(word => text.includes(word));
}
