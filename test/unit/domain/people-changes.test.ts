import { describe, expect, it } from 'vitest';
import { peopleChanges, peopleSeen, type PeopleChanges } from '../../../widget/domain/people-changes.ts';
import { employee } from '../people.ts';

const NOTHING: PeopleChanges = { appeared: [], gone: [], renamed: [], moved: [], deactivatedWithRole: [] };

/** Anna has a role and is known to the chat service; whatever else is so, a test says. */
function changes(about: Partial<Parameters<typeof peopleChanges>[0]> = {}): PeopleChanges {
  return peopleChanges({
    employees: [employee({ id: '1', name: 'Anna' })],
    knownThere: [{ id: '1', name: 'Anna' }],
    withRole: new Set(['1']),
    standInOwners: [],
    seen: null,
    ...about,
  });
}
const anna = employee({ id: '1', name: 'Anna' });
const boris = employee({ id: '2', name: 'Boris' });

describe('changes among people', () => {
  it('are none when both sides agree', () => {
    expect(changes()).toEqual(NOTHING);
  });

  it('name somebody new: in the CRM, without a role, known to nobody', () => {
    expect(changes({ employees: [anna, boris] })).toEqual({
      ...NOTHING,
      appeared: [{ id: '2', name: 'Boris' }],
    });
  });

  it.each<[string, Partial<Parameters<typeof peopleChanges>[0]>]>([
    ['who has a role already', { withRole: new Set(['1', '2']) }],
    [
      'whom the chat service knows',
      {
        knownThere: [
          { id: '1', name: 'Anna' },
          { id: '2', name: 'Boris' },
        ],
      },
    ],
    ['whom this computer has seen', { seen: [{ groupId: '0', ids: ['1', '2'] }] }],
    ['who stands in for nobody', { standInOwners: ['2'] }],
    ['who is deactivated', { employees: [anna, { ...boris, active: false }] }],
    ['who is shown no widgets', { employees: [anna, { ...boris, free: true }] }],
  ])('do not take anybody for new %s', (_who, about) => {
    expect(changes({ employees: [anna, boris], ...about }).appeared).toEqual([]);
  });

  it('name whoever left, by name where the chat service has one, each once', () => {
    expect(changes({ employees: [], withRole: new Set(['1', '7']) }).gone).toEqual([
      { id: '1', name: 'Anna' },
      { id: '7', name: '7' },
    ]);
  });

  it('name people with a role who have another name now', () => {
    const employees = [{ ...anna, name: 'Anna Maria' }];
    expect(changes({ employees }).renamed).toEqual([{ id: '1', from: 'Anna', to: 'Anna Maria' }]);
    expect(changes({ employees, withRole: new Set() }).renamed).toEqual([]);
  });

  it('name people whom this computer saw in another group', () => {
    const before = peopleSeen([anna, employee({ id: '3', groupId: '5' })]);
    const employees = [{ ...anna, groupId: '5', group: 'Support' }, employee({ id: '3', groupId: '5' })];
    expect(changes({ employees, seen: before }).moved).toEqual([{ id: '1', name: 'Anna', group: 'Support' }]);
  });

  it('name deactivated people whose role remained', () => {
    expect(changes({ employees: [{ ...anna, active: false }] }).deactivatedWithRole).toEqual([
      { id: '1', name: 'Anna' },
    ]);
  });
});

describe('what a computer keeps of people', () => {
  it('is their ids by group, and no name', () => {
    expect(peopleSeen([anna, boris, employee({ id: '3', groupId: '5' })])).toEqual([
      { groupId: '0', ids: ['1', '2'] },
      { groupId: '5', ids: ['3'] },
    ]);
  });
});
