/** A draft without the list that it lies over: what can be kept, and merged later into whatever list is there then. */
import { seatKey } from '../../../../domain/assignment.ts';
import { baseAt, draftOver, type Change, type Draft } from './draft.ts';

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
