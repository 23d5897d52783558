import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../../../domain/assignment.ts';
import { directoryOf } from '../../../../../domain/directory.ts';
import {
  choiceAcross,
  withCopiedChannel,
  withNewClientsFor,
  withChoiceFor,
  withRoleFor,
  withSameAs,
} from '../../../../../widget/admin/roles/rules/across.ts';
import { assignmentsOf, draftOver, choiceAt } from '../../../../../widget/admin/roles/rules/draft.ts';
import { PRESETS } from '../../../../../widget/admin/roles/rules/presets.ts';
import { rowsOf } from '../../../../../widget/admin/roles/rules/rows.ts';
import { silencedBy } from '../../../../../widget/admin/roles/rules/review.ts';
import { employee } from '../../../people.ts';

const seller: Assignment = { channelId: 'sales', employeeId: '1', role: 'seller', receivesNewClients: true };
const both = ['sales', 'wholesale'];
const people = ['1', '2'];

describe('a person on all channels', () => {
  it('shows a value only where it is the same everywhere', () => {
    const draft = draftOver([seller, { ...seller, channelId: 'wholesale', receivesNewClients: false }]);
    expect(choiceAcross(draft, both, '1')).toMatchObject({ role: 'seller', receivesNewClients: 'differs' });
    expect(choiceAcross(draftOver([seller]), both, '1')).toMatchObject({
      role: 'differs',
      receivesNewClients: 'differs',
    });
    expect(choiceAcross(draft, both, '2')).toMatchObject({ role: null, receivesNewClients: false });
    expect(choiceAcross(draft, [], '1')).toMatchObject({ role: null, receivesNewClients: false });
  });

  it('has their seats counted by role, and those with new clients', () => {
    const draft = draftOver([seller, { ...seller, channelId: 'wholesale', role: 'auditor' }]);
    expect(choiceAcross(draft, [...both, 'third'], '1')).toMatchObject({
      counts: [1, 1, 0, 1],
      receiving: 2,
    });
  });

  it('gets the same role everywhere by one choice', () => {
    const draft = withRoleFor(draftOver([seller]), { channelIds: both, employeeIds: ['1'] }, 'supervisor');
    expect(choiceAcross(draft, both, '1')).toMatchObject({ role: 'supervisor', receivesNewClients: false });
  });

  it('gets new clients only where the role has that switch', () => {
    const draft = draftOver([
      seller,
      { ...seller, channelId: 'wholesale', role: 'auditor', receivesNewClients: false },
    ]);
    const on = withNewClientsFor(draft, { channelIds: both, employeeIds: ['1'] }, true);
    expect(choiceAt(on, { channelId: 'wholesale', employeeId: '1' })).toMatchObject({
      role: 'auditor',
      receivesNewClients: false,
    });
  });
});

describe('an edit of many seats', () => {
  it('gives the role of an example to the selected people only', () => {
    const [first] = PRESETS;
    const draft = withChoiceFor(
      draftOver([]),
      { channelIds: ['sales'], employeeIds: people },
      first?.choice ?? { role: null, receivesNewClients: false },
    );
    expect(assignmentsOf(draft)).toEqual(people.map(employeeId => ({ ...seller, employeeId })));
  });

  it('copies a channel, people without a role included', () => {
    const draft = draftOver([seller, { ...seller, channelId: 'wholesale', employeeId: '2' }]);
    const copied = withCopiedChannel(draft, { from: 'sales', to: 'wholesale', employeeIds: people });
    expect(assignmentsOf(copied)).toEqual([seller, { ...seller, channelId: 'wholesale' }]);
  });

  it('makes a person the same as a colleague, channel by channel', () => {
    const draft = withSameAs(draftOver([seller]), '1', { channelIds: both, employeeIds: ['2'] });
    expect(assignmentsOf(draft)).toEqual([seller, { ...seller, employeeId: '2' }]);
  });
});

describe('the rows', () => {
  const veteran = employee({ id: '1' });
  const newcomer = employee({ id: '2' });
  const nobody = employee({ id: '3' });
  const left = employee({ id: '4', active: false });

  it('put newcomers first and people who are not in the CRM last', () => {
    const draft = draftOver([seller, { ...seller, employeeId: '99' }]);
    const before = new Set([veteran.id, left.id]);
    const rows = rowsOf(directoryOf([veteran, newcomer, nobody, left], 'en'), draft, [nobody.id], before);
    expect(rows.map(row => [row.employee.id, row.kind])).toEqual([
      ['2', 'newcomer'],
      ['1', 'known'],
      ['3', 'known'],
      ['4', 'known'],
      ['99', 'stranger'],
    ]);
  });

  it('show no newcomers when the last save is not remembered', () => {
    const rows = rowsOf(directoryOf([veteran, newcomer], 'en'), draftOver([seller]), [], null);
    expect(rows.map(row => row.kind)).toEqual(['known', 'known']);
  });

  it('do not show people as newcomers who were there at the last save and got no role', () => {
    const before = new Set([veteran.id, newcomer.id]);
    const rows = rowsOf(directoryOf([veteran, newcomer], 'en'), draftOver([seller]), [], before);
    expect(rows.map(row => row.kind)).toEqual(['known', 'known']);
  });
});

describe('a channel on which nobody can answer any more', () => {
  const channels = both.map(id => ({
    id,
    name: id,
    messenger: 'whatsapp' as const,
    state: 'active' as const,
  }));
  const staff = [employee({ id: '1' }), employee({ id: '2', active: false })];

  it.each<[string, readonly Assignment[], readonly string[]]>([
    ['is found when the last person who can answer loses their role', [], ['sales']],
    [
      'is found when only quality control is left',
      [{ ...seller, role: 'auditor', receivesNewClients: false }],
      ['sales'],
    ],
    ['is found when only a deactivated person is left', [{ ...seller, employeeId: '2' }], ['sales']],
    ['is not found while one person can answer', [{ ...seller, role: 'supervisor' }], []],
  ])('%s', (_, after, silenced) => {
    expect(silencedBy([seller], after, channels, staff).map(({ id }) => id)).toEqual(silenced);
  });

  it('is not found when nobody could answer on it before', () => {
    expect(silencedBy([], [], channels, staff)).toEqual([]);
  });
});
