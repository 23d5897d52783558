/** The orders in which the dialog can list people, and the lines that they take. */
import { ROLES } from '../../../../domain/role.ts';
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

/** The first of the offered roles that they hold on a channel that is shown; people without one come after the others. */
function roleRank({ employee }: Row, { shown }: Held): number {
  const roles = shown.get(employee.id);
  return roles ? ROLES.findIndex(role => roles.includes(role)) : ROLES.length;
}

/** Somebody, or one of their channels in a line beneath them. `place` counts people only, from 1. */
export type Line = {
  readonly kind: 'person' | 'channel';
  readonly row: Row;
  readonly place: number;
  /** The channel by its id, or all of them; the person's own line shows what the whole table shows. */
  readonly on?: string;
};
/** What is listed, line by line. */
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
    /** Ids of the people whose channels are shown beneath them. */
    readonly unfolded: ReadonlySet<string>;
    readonly scopes: readonly string[];
  },
): Lines {
  const person = (row: Row, at: number): Line => ({ kind: 'person', row, place: at + 1 });
  // Ten thousand lines are not made when one is as good as the other.
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
