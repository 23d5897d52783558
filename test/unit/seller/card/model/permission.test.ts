import { describe, expect, it } from 'vitest';
import type { Ownership } from '../../../../../domain/ownership.ts';
import { FROM_COLLEAGUE } from '../../../../../domain/own-rules.ts';
import type { Role } from '../../../../../domain/role.ts';
import { permissionOf } from '../../../../../widget/seller/card/model/permission.ts';
import { employee } from '../../../people.ts';

const owner = employee({ id: 'b', name: 'Brian' });
const FREE: Ownership = { kind: 'free', because: 'stand-in' };
const COLLEAGUES: Ownership = { kind: 'colleagues', owner };

const may = (
  roles: Readonly<Record<string, Role>> | null,
  given: Partial<Parameters<typeof permissionOf>[0]> = {},
) =>
  permissionOf({
    rules: { fromColleague: 'never', supervisorsFreely: true },
    ownership: FREE,
    me: 'a',
    assignments:
      roles &&
      Object.entries(roles).map(([channelId, role]) => ({
        channelId,
        employeeId: 'a',
        role,
        receivesNewClients: false,
      })),
    clientChannelIds: ['sales'],
    ...given,
  });

describe('the permission to take a client', () => {
  it('is given for a free client to a person who may answer there', () => {
    expect(may({ sales: 'seller' })).toEqual({ kind: 'allowed', unseenOn: [] });
  });

  it('names the client’s channel on which I will not see the chat', () => {
    expect(may({ wholesale: 'seller' })).toEqual({ kind: 'allowed', unseenOn: ['sales'] });
    expect(may({ wholesale: 'seller', sales: 'auditor' })).toEqual({ kind: 'allowed', unseenOn: [] });
  });

  it.each([
    ['no role at all', {}],
    ['only the role of an auditor', { sales: 'auditor' as const }],
  ])('needs a role that may answer: %s is not enough', (_, roles) => {
    expect(may(roles)).toEqual({ kind: 'no-role' });
  });

  it('does not count the role of another person', () => {
    const theirs = {
      channelId: 'sales',
      employeeId: 'b',
      role: 'seller' as const,
      receivesNewClients: false,
    };
    expect(may(null, { assignments: [theirs] })).toEqual({ kind: 'no-role' });
  });

  it('is given when the roles are not known', () => {
    expect(may(null)).toEqual({ kind: 'allowed', unseenOn: [] });
  });

  it('says so when the client is mine', () => {
    expect(may({}, { ownership: { kind: 'mine' } })).toEqual({ kind: 'mine' });
  });

  it.each([
    ['never', { kind: 'ask-owner', owner }],
    ['with-reason', { kind: 'needs-reason', owner, unseenOn: [] }],
    ['freely', { kind: 'allowed', unseenOn: [] }],
  ] as const)('follows the rule for colleagues’ clients: %s', (fromColleague, permission) => {
    const rules = { fromColleague, supervisorsFreely: true };
    expect(may({ sales: 'seller' }, { rules, ownership: COLLEAGUES })).toEqual(permission);
  });

  it.each(FROM_COLLEAGUE)(
    'is given to supervisors for any client, also where the rule for sellers is "%s"',
    fromColleague => {
      const rules = { fromColleague, supervisorsFreely: true };
      expect(may({ sales: 'supervisor' }, { rules, ownership: COLLEAGUES }).kind).toBe('allowed');
    },
  );

  it('follows the same rule for supervisors where the admin says so', () => {
    const rules = { fromColleague: 'never', supervisorsFreely: false } as const;
    expect(may({ sales: 'supervisor' }, { rules, ownership: COLLEAGUES }).kind).toBe('ask-owner');
  });
});
