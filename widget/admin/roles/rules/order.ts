/** The orders in which the dialog can list people, and the resulting lines. */
import { ROLES } from '../../../../domain/role.ts';
import type { Held } from './find.ts';
import type { Row } from './rows.ts';

/** `usual`: newcomers first, as in `rowsOf`. */
export const ORDERS = ['usual', 'name', 'group', 'role'] as const;
export type Order = (typeof ORDERS)[number];

/** Strangers, known only by id, stay last. */
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

/** Computes each rank once per row, not once per comparison. */
function byRank(rows: readonly Row[], rankOf: (row: Row) => number): readonly Row[] {
  return rows
    .map(row => ({ row, rank: row.kind === 'stranger' ? Infinity : rankOf(row) }))
    .sort((one, other) =>
      one.rank === other.rank ? one.row.nameRank - other.row.nameRank : one.rank - other.rank,
    )
    .map(({ row }) => row);
}

/** The first of the offered roles that they have on a shown channel. People without a role come after the others. */
function roleRank({ employee }: Row, { shown }: Held): number {
  const roles = shown.get(employee.id);
  return roles ? ROLES.findIndex(role => roles.includes(role)) : ROLES.length;
}

/** A person, or one of their channels in a line below. `place` counts only people, from 1. */
export type Line = {
  readonly kind: 'person' | 'channel';
  readonly row: Row;
  readonly place: number;
  /** The channel's id, or all channels; a person's own line shows the table's scope. */
  readonly on?: string;
};
/** The lines of the list. */
export type Lines = {
  readonly keys: readonly string[];
  readonly at: (line: number) => Line | undefined;
};

export function linesOf(
  found: readonly Row[],
  foundIds: readonly string[],
  {
    unfolded,
    scopes,
  }: {
    /** Ids of the people whose channels are listed below them. */
    readonly unfolded: ReadonlySet<string>;
    readonly scopes: readonly string[];
  },
): Lines {
  const person = (row: Row, at: number): Line => ({ kind: 'person', row, place: at + 1 });
  // Without unfolded people each line is one person, so lines are created on demand.
  if (unfolded.size === 0) {
    const at = (line: number): Line | undefined => found[line] && person(found[line], line);
    return { keys: foundIds, at };
  }
  const lines: Line[] = [];
  const keys: string[] = [];
  const add = (key: string, line: Line): void => {
    keys.push(key);
    lines.push(line);
  };
  found.forEach((row, at) => {
    const { id } = row.employee;
    add(id, person(row, at));
    if (unfolded.has(id))
      for (const on of scopes) add(`${id} ${on}`, { kind: 'channel', row, place: at + 1, on });
  });
  return { keys, at: line => lines[line] };
}
