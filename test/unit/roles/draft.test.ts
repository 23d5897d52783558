import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameAssignments, type Assignment, type Seat } from '../../../widget/domain/assignment.ts';
import { ROLES, type Role } from '../../../widget/domain/role.ts';
import {
  assignmentsOf,
  draftOver,
  isEdited,
  placeAt,
  rebased,
  withNewClients,
  withRole,
  type Draft,
} from '../../../widget/roles/draft.ts';

const seat: Seat = { channelId: 'sales', employeeId: '1' };
const seller: Assignment = { ...seat, role: 'seller', receivesNewClients: true };

const seats = fc.record({
  channelId: fc.constantFrom('sales', 'wholesale'),
  employeeId: fc.constantFrom('1', '2', '3'),
});
const lists = fc.uniqueArray(
  fc.record({
    channelId: fc.constantFrom('sales', 'wholesale', 'unknown-channel'),
    employeeId: fc.constantFrom('1', '2', '3', 'unknown-person'),
    role: fc.constantFrom(...ROLES),
    receivesNewClients: fc.boolean(),
  }),
  { selector: one => `${one.channelId} ${one.employeeId}` },
);
const edits = fc.array(
  fc.oneof(
    fc.record({ seat: seats, role: fc.constantFrom<Role | null>(null, ...ROLES) }),
    fc.record({ seat: seats, receives: fc.boolean() }),
  ),
);
const applied = (
  list: readonly Assignment[],
  changes: typeof edits extends fc.Arbitrary<infer T> ? T : never,
): Draft =>
  changes.reduce(
    (draft, change) =>
      'role' in change
        ? withRole(draft, change.seat, change.role)
        : withNewClients(draft, change.seat, change.receives),
    draftOver(list),
  );

describe('a draft of roles', () => {
  it('turns "receives new clients" on when somebody becomes a sales rep', () => {
    expect(placeAt(withRole(draftOver([]), seat, 'seller'), seat)).toMatchObject({
      role: 'seller',
      receivesNewClients: true,
    });
  });

  it('turns it off for a supervisor, who may have it', () => {
    const supervisor = withRole(draftOver([seller]), seat, 'supervisor');
    expect(placeAt(supervisor, seat).receivesNewClients).toBe(false);
    expect(placeAt(withNewClients(supervisor, seat, true), seat).receivesNewClients).toBe(true);
  });

  it.each([['auditor' as const], [null]])('knows no such switch for %s', role => {
    const draft = withNewClients(withRole(draftOver([seller]), seat, role), seat, true);
    expect(placeAt(draft, seat)).toMatchObject({ role, receivesNewClients: false });
  });

  it('is empty again when everything was put back', () => {
    const there = withRole(draftOver([seller]), seat, 'auditor');
    expect(withRole(there, seat, 'seller').edits.size).toBe(0);
  });

  it('writes people and channels that nobody here knows back unchanged', () => {
    const stranger: Assignment = {
      channelId: 'gone',
      employeeId: '999',
      role: 'auditor',
      receivesNewClients: false,
    };
    expect(assignmentsOf(withRole(draftOver([stranger]), seat, 'seller'))).toContainEqual(stranger);
  });

  it('says nothing new while nobody edits', () => {
    fc.assert(
      fc.property(lists, list => {
        expect(sameAssignments(assignmentsOf(draftOver(list)), list)).toBe(true);
      }),
    );
  });

  it('counts as edited exactly the seats that differ from the base', () => {
    fc.assert(
      fc.property(lists, edits, seats, (list, changes, anySeat) => {
        const draft = applied(list, changes);
        const before = placeAt(draftOver(list), anySeat);
        const now = placeAt(draft, anySeat);
        const differs = before.role !== now.role || before.receivesNewClients !== now.receivesNewClients;
        expect(isEdited(draft, anySeat)).toBe(differs);
      }),
    );
  });
});

describe('a draft over a list that a colleague changed meanwhile', () => {
  it('keeps every edit of mine and every change of his in other seats', () => {
    fc.assert(
      fc.property(lists, lists, edits, seats, (list, theirs, changes, anySeat) => {
        const mine = applied(list, changes);
        const over = rebased(mine, theirs).draft;
        const expected = isEdited(mine, anySeat)
          ? placeAt(mine, anySeat)
          : placeAt(draftOver(theirs), anySeat);
        expect(placeAt(over, anySeat)).toMatchObject({
          role: expected.role,
          receivesNewClients: expected.receivesNewClients,
        });
      }),
    );
  });

  it('names the seats that both of us changed, and no others', () => {
    const other: Seat = { channelId: 'sales', employeeId: '2' };
    const mine = withRole(withRole(draftOver([seller]), seat, 'auditor'), other, 'seller');
    const theirs: Assignment[] = [{ ...seller, role: 'supervisor', receivesNewClients: false }];
    expect(rebased(mine, theirs).touchedByBoth).toEqual([expect.objectContaining(seat)]);
  });
});
