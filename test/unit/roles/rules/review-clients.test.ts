import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../../widget/domain/assignment.ts';
import type { Role } from '../../../../widget/domain/role.ts';
import { withRoleFor } from '../../../../widget/roles/rules/across.ts';
import { draftOver } from '../../../../widget/roles/rules/draft.ts';
import { clientsSeen } from '../../../../widget/roles/rules/review-clients.ts';

const counts = {
  byOwner: new Map([['1', 20]]),
  byResponsible: new Map([['1', 31]]),
  all: 214,
  isComplete: true,
};
const has = (role: Role, channelId = 'sales', employeeId = '1'): Assignment => ({
  channelId,
  employeeId,
  role,
  receivesNewClients: false,
});
const onSales = { channelIds: ['sales'], employeeIds: ['1'] };
const seen = (list: readonly Assignment[], role: Role | null) =>
  clientsSeen(withRoleFor(draftOver(list), onSales, role), counts).get('1');

describe('how many clients somebody sees', () => {
  it.each<[string, readonly Assignment[], Role | null, { before: number; after: number }]>([
    [
      'falls to his own when a supervisor becomes a sales rep',
      [has('supervisor')],
      'seller',
      { before: 214, after: 31 },
    ],
    ['is all of them for quality control', [has('seller')], 'auditor', { before: 31, after: 214 }],
    ['starts from nobody without a role', [], 'seller', { before: 0, after: 31 }],
    ['falls to nobody without a role', [has('seller')], null, { before: 31, after: 0 }],
    [
      'stays while another channel shows him all',
      [has('supervisor'), has('auditor', 'wholesale')],
      'seller',
      { before: 214, after: 214 },
    ],
  ])('%s', (_, list, role, expected) => {
    expect(seen(list, role)).toEqual(expected);
  });

  it('is nobody for a sales rep who is responsible for nobody', () => {
    const draft = withRoleFor(draftOver([]), { channelIds: ['sales'], employeeIds: ['2'] }, 'seller');
    expect(clientsSeen(draft, counts).get('2')).toEqual({ before: 0, after: 0 });
  });

  it('is told for the people who change, and for nobody else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom('1', '2', '3')), employeeIds => {
        const base = draftOver(['2', '3'].map(id => has('auditor', 'sales', id)));
        const draft = withRoleFor(base, { channelIds: ['sales'], employeeIds }, 'seller');
        expect([...clientsSeen(draft, counts).keys()].toSorted()).toEqual(employeeIds.toSorted());
      }),
    );
  });
});
