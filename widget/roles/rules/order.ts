/** The orders in which the dialog can list people, and the headings between them. */
import { ROLES } from '../../domain/role.ts';
import type { Held } from './find.ts';
import type { Row } from './rows.ts';

/** `usual`: newcomers first, as `rowsOf` has them. */
export const ORDERS = ['usual', 'name', 'group', 'role'] as const;
export type Order = (typeof ORDERS)[number];

/** Strangers, of whom only an id is known, stay last. */
export function ordered(rows: readonly Row[], order: Order, held: Held): readonly Row[] {
  switch (order) {
    case 'usual':
      return rows;
    case 'name':
      return byRank(rows, () => 0);
    case 'group':
      return byRank(rows, row => row.groupRank);
    case 'role':
      return byRank(rows, row => roleRank(row, held));
  }
}

/** Ranks are told once a row, not once a comparison. */
function byRank(rows: readonly Row[], rankOf: (row: Row) => number): readonly Row[] {
  return rows
    .map(row => ({ row, rank: row.kind === 'stranger' ? Infinity : rankOf(row) }))
    .sort((one, other) =>
      one.rank === other.rank ? one.row.nameRank - other.row.nameRank : one.rank - other.rank,
    )
    .map(({ row }) => row);
}

/** The first of the offered roles that he holds on a channel that is shown; people without one come after the others. */
function roleRank({ employee }: Row, { shown }: Held): number {
  const roles = shown.get(employee.id);
  return roles ? ROLES.findIndex(role => roles.includes(role)) : ROLES.length;
}

/** A heading has the group of the people below it; that of the strangers has none. */
export type Heading = {
  readonly kind: 'heading';
  readonly group: string | null;
  readonly people: number;
};
/** `place` counts people only, from 1. */
export type Line = { readonly kind: 'person'; readonly row: Row; readonly place: number } | Heading;

/** What is listed, line by line; lines are made when they are asked for. */
export type Lines = { readonly keys: readonly string[]; readonly at: (line: number) => Line | undefined };

/** A single group needs no heading. */
export function linesOf(found: readonly Row[], foundIds: readonly string[], order: Order): Lines {
  const person = (at: number): Line | undefined => {
    const row = found[at];
    return row && { kind: 'person', row, place: at + 1 };
  };
  const starts = order === 'group' ? startsOfGroups(found) : [];
  if (starts.length < 2) return { keys: foundIds, at: person };
  /** Where each heading stands, and how many headings stand before a line. */
  const headings = new Map(starts.map((start, before) => [start + before, before]));
  const keys = starts.flatMap((start, before) => [
    `heading ${before}`,
    ...foundIds.slice(start, starts[before + 1]),
  ]);
  return {
    keys,
    at(line) {
      const before = headings.get(line);
      if (before === undefined) return person(line - starts.filter((start, at) => start + at < line).length);
      const start = starts[before] ?? 0;
      const first = found[start];
      return {
        kind: 'heading',
        group: first?.kind === 'stranger' ? null : (first?.employee.group ?? ''),
        people: (starts[before + 1] ?? found.length) - start,
      };
    },
  };
}

const startsOfGroups = (found: readonly Row[]): readonly number[] =>
  found.flatMap((row, at) => (at > 0 && found[at - 1]?.groupRank === row.groupRank ? [] : [at]));
