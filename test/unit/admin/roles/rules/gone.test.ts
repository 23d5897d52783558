import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goneChannels, onChannels, type Assignment } from '../../../../../domain/assignment.ts';
import { ROLES } from '../../../../../domain/role.ts';
import { assignmentsOf, draftOver } from '../../../../../widget/admin/roles/rules/draft.ts';
import { withoutRolesOn, withRolesFrom } from '../../../../../widget/admin/roles/rules/gone.ts';
import { redone, startingWith, edited, undone } from '../../../../../widget/admin/roles/rules/history.ts';

const channels = [{ id: 'new' }, { id: 'other' }];
const lists: fc.Arbitrary<Assignment[]> = fc.uniqueArray(
  fc.record({
    channelId: fc.constantFrom('new', 'other', 'old', 'older'),
    employeeId: fc.nat(6).map(String),
    role: fc.constantFrom(...ROLES),
    receivesNewClients: fc.boolean(),
  }),
  { selector: one => `${one.channelId} ${one.employeeId}` },
);
const on = (list: readonly Assignment[], id: string) => list.filter(({ channelId }) => channelId === id);
const idsOn = (list: readonly Assignment[], id: string) => on(list, id).map(one => one.employeeId);

describe('roles on a channel that is gone', () => {
  it('are exactly the roles that are on no known channel', () => {
    fc.assert(
      fc.property(lists, list => {
        const gone = goneChannels(list, onChannels(list, channels));
        const left = gone.reduce((sum, { employeeIds }) => sum + employeeIds.length, 0);
        expect(onChannels(list, channels).length + left).toBe(list.length);
        expect(gone.every(({ channelId }) => channelId.startsWith('old'))).toBe(true);
      }),
    );
  });

  it('are copied to people without a role on the other channel, and nothing else changes', () => {
    fc.assert(
      fc.property(lists, list => {
        const [gone] = goneChannels(list, onChannels(list, channels));
        if (!gone) return;
        const after = assignmentsOf(withRolesFrom(draftOver(list), gone, 'new'));
        const had = idsOn(list, 'new');
        expect(new Set(idsOn(after, 'new'))).toEqual(new Set([...had, ...gone.employeeIds]));
        expect(after.filter(one => list.includes(one))).toEqual(list);
        for (const { employeeId, role } of on(after, 'new').filter(one => !had.includes(one.employeeId)))
          expect(on(list, gone.channelId).find(one => one.employeeId === employeeId)?.role).toBe(role);
      }),
    );
  });

  it('are removed in one step that can be undone and redone', () => {
    fc.assert(
      fc.property(lists, list => {
        const [gone] = goneChannels(list, onChannels(list, channels));
        if (!gone) return;
        const start = startingWith(draftOver(list));
        const removed = edited(start, withoutRolesOn(start.present, gone));
        expect(assignmentsOf(removed.present)).toEqual(
          list.filter(({ channelId }) => channelId !== gone.channelId),
        );
        expect(assignmentsOf(undone(removed).present)).toEqual(list);
        expect(redone(undone(removed)).present).toEqual(removed.present);
      }),
    );
  });
});
