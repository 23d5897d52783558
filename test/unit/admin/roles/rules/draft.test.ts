import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameAssignments, type Assignment, type Seat } from '../../../../../domain/assignment.ts';
import {
  assignmentsOf,
  draftOver,
  isEdited,
  choiceAt,
  withNewClients,
  withRole,
} from '../../../../../widget/admin/roles/rules/draft.ts';
import { editedFrom, edits, lists, seats } from './edits.ts';

const seat: Seat = { channelId: 'sales', employeeId: '1' };
const seller: Assignment = { ...seat, role: 'seller', receivesNewClients: true };

describe('a draft of roles', () => {
  it('turns "receives new clients" on for a person who becomes a sales rep', () => {
    expect(choiceAt(withRole(draftOver([]), seat, 'seller'), seat)).toMatchObject({
      role: 'seller',
      receivesNewClients: true,
    });
  });

  it('turns it off for a person who becomes a supervisor, and it can be turned on again', () => {
    const supervisor = withRole(draftOver([seller]), seat, 'supervisor');
    expect(choiceAt(supervisor, seat).receivesNewClients).toBe(false);
    expect(choiceAt(withNewClients(supervisor, seat, true), seat).receivesNewClients).toBe(true);
  });

  it.each([['auditor' as const], [null]])('never turns it on for %s', role => {
    const draft = withNewClients(withRole(draftOver([seller]), seat, role), seat, true);
    expect(choiceAt(draft, seat)).toMatchObject({ role, receivesNewClients: false });
  });

  it('is empty again when every edit is put back', () => {
    const there = withRole(draftOver([seller]), seat, 'auditor');
    expect(withRole(there, seat, 'seller').edits.size).toBe(0);
  });

  it('writes unknown people and channels back unchanged', () => {
    const stranger: Assignment = {
      channelId: 'gone',
      employeeId: '999',
      role: 'auditor',
      receivesNewClients: false,
    };
    expect(assignmentsOf(withRole(draftOver([stranger]), seat, 'seller'))).toContainEqual(stranger);
  });

  it('without edits writes the same list', () => {
    fc.assert(
      fc.property(lists, list => {
        expect(sameAssignments(assignmentsOf(draftOver(list)), list)).toBe(true);
      }),
    );
  });

  it('counts as edited exactly the seats that differ from the base', () => {
    fc.assert(
      fc.property(lists, edits, seats, (list, changes, anySeat) => {
        const draft = editedFrom(list, changes);
        const before = choiceAt(draftOver(list), anySeat);
        const now = choiceAt(draft, anySeat);
        const differs = before.role !== now.role || before.receivesNewClients !== now.receivesNewClients;
        expect(isEdited(draft, anySeat)).toBe(differs);
      }),
    );
  });
});
