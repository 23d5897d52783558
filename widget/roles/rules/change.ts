/** A draft without the list that it lies over: what can be kept, compared and taken back later, over whatever list is there then. */
import { seatKey, type Assignment } from '../../domain/assignment.ts';
import { baseAt, draftOver, samePlace, type Change, type Draft, type Place } from './draft.ts';

/** `before` is what both sides knew: merging these changes again finds the same conflicts. */
export const changesOf = (draft: Draft): readonly Change[] =>
  [...draft.edits].map(([key, { channelId, employeeId, role, receivesNewClients }]) => {
    const { role: had, receivesNewClients: received } = draft.contested.get(key) ?? baseAt(draft, key);
    return {
      seat: { channelId, employeeId },
      before: { role: had, receivesNewClients: received },
      after: { role, receivesNewClients },
    };
  });

/** A draft that knows the changed seats only: to be merged into a list. */
export const draftOf = (changes: readonly Change[]): Draft => ({
  ...draftOver(
    changes.flatMap(({ seat, before: { role, ...rest } }) => (role ? [{ ...seat, role, ...rest }] : [])),
  ),
  edits: new Map(changes.map(({ seat, after }) => [seatKey(seat), { ...seat, ...after }])),
});

export const reversed = (changes: readonly Change[]): readonly Change[] =>
  changes.map(({ seat, before, after }) => ({ seat, before: after, after: before }));

/** Which of the changes no longer stand in the list, and what stands there instead. */
export function undoneIn(
  changes: readonly Change[],
  assignments: readonly Assignment[],
): readonly (Change & { readonly now: Place })[] {
  const there = draftOver(assignments);
  return changes
    .map(change => ({ ...change, now: baseAt(there, seatKey(change.seat)) }))
    .filter(({ after, now }) => !samePlace(after, now));
}
