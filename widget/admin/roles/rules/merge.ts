/**
 * Concurrent edits of two admins. Base, mine and theirs become one draft over their list: a seat that only one side
 * changed merges automatically; seats that both changed differently are contested until the admin resolves them. No
 * edit of either side is lost.
 */
import { seatKey, type Assignment, type Seat } from '../../../../domain/assignment.ts';
import {
  baseAt,
  draftOver,
  choiceAt,
  sameChoice,
  withChoices,
  type Draft,
  type RoleChoice,
} from './draft.ts';

/** One seat in three versions. */
export type Conflict = {
  readonly seat: Seat;
  readonly before: RoleChoice;
  readonly mine: RoleChoice;
  readonly theirs: RoleChoice;
};

export const merged = (mine: Draft, theirs: readonly Assignment[]): Draft =>
  mergedOver(mine, draftOver(theirs).base);

/** Shared by several drafts that are merged into one list. */
export function mergedOver(mine: Draft, base: Draft['base']): Draft {
  const over = withChoices({ base, edits: new Map(), contested: new Map() }, mine.edits.values());
  const before = (key: string): RoleChoice => mine.contested.get(key) ?? baseAt(mine, key);
  return {
    ...over,
    contested: new Map(
      [...over.edits.keys()]
        .filter(key => !sameChoice(before(key), baseAt(over, key)))
        .map(key => [key, before(key)]),
    ),
  };
}

export const conflictsIn = (draft: Draft): readonly Conflict[] =>
  [...draft.contested].flatMap(([key, before]) => {
    const edit = draft.edits.get(key);
    if (!edit) return [];
    const seat = { channelId: edit.channelId, employeeId: edit.employeeId };
    return [{ seat, before, mine: edit, theirs: baseAt(draft, key) }];
  });

export type Side = 'mine' | 'theirs';

/** Once resolved, a seat is either an ordinary edit or an unchanged row of their list. */
export function settled(draft: Draft, seats: readonly Seat[], side: Side): Draft {
  const [edits, contested] = [new Map(draft.edits), new Map(draft.contested)];
  for (const key of seats.map(seatKey)) {
    if (side === 'theirs' && contested.has(key)) edits.delete(key);
    contested.delete(key);
  }
  return { ...draft, edits, contested };
}

/** How many seats another admin changed between two lists, except those edited to the same value here. */
export function changedBetween(before: Draft['base'], after: Draft, mine: Draft): number {
  const keys = new Set([...before.keys(), ...after.base.keys()]);
  return [...keys].filter(key => {
    const seat = before.get(key) ?? after.base.get(key);
    if (!seat || sameChoice(baseAt({ base: before }, key), baseAt(after, key))) return false;
    return !sameChoice(choiceAt(mine, seat), baseAt(after, key));
  }).length;
}
