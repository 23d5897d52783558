/** Random lists of roles, and random edits of them, for property tests. */
import fc from 'fast-check';
import { ROLES, type Role } from '../../../../../domain/role.ts';
import {
  draftOver,
  withNewClients,
  withRole,
  type Draft,
} from '../../../../../widget/admin/roles/rules/draft.ts';
import type { Assignment, Seat } from '../../../../../domain/assignment.ts';

export type Edit =
  | { readonly seat: Seat; readonly role: Role | null }
  | { readonly seat: Seat; readonly receives: boolean };

export const seats: fc.Arbitrary<Seat> = fc.record({
  channelId: fc.constantFrom('sales', 'wholesale'),
  employeeId: fc.constantFrom('1', '2', '3'),
});

/** Some of its people and channels are unknown. A switch that a role does not have is off. */
export const lists: fc.Arbitrary<readonly Assignment[]> = fc
  .uniqueArray(
    fc.record({
      channelId: fc.constantFrom('sales', 'wholesale', 'unknown-channel'),
      employeeId: fc.constantFrom('1', '2', '3', 'unknown-person'),
      role: fc.constantFrom(...ROLES),
      receivesNewClients: fc.boolean(),
    }),
    { selector: one => `${one.channelId} ${one.employeeId}` },
  )
  .map(list =>
    list.map(one => ({ ...one, receivesNewClients: one.receivesNewClients && one.role !== 'auditor' })),
  );

export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.oneof(
    fc.record({ seat: seats, role: fc.constantFrom<Role | null>(null, ...ROLES) }),
    fc.record({ seat: seats, receives: fc.boolean() }),
  ),
);

export const withEdit = (draft: Draft, edit: Edit): Draft =>
  'role' in edit ? withRole(draft, edit.seat, edit.role) : withNewClients(draft, edit.seat, edit.receives);

export const withEdits = (draft: Draft, all: readonly Edit[]): Draft => all.reduce(withEdit, draft);

export const editedFrom = (list: readonly Assignment[], all: readonly Edit[]): Draft =>
  withEdits(draftOver(list), all);
