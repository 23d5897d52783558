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

describe('may I take this client', () => {
  it('allows a free one to whoever may answer there', () => {
    expect(may({ sales: 'seller' })).toEqual({ kind: 'allowed', unseenOn: [] });
  });

  it('names the client’s channel on which I shall not see the chat', () => {
    expect(may({ wholesale: 'seller' })).toEqual({ kind: 'allowed', unseenOn: ['sales'] });
    expect(may({ wholesale: 'seller', sales: 'auditor' })).toEqual({ kind: 'allowed', unseenOn: [] });
  });

  it.each([
    ['no role at all', {}],
    ['only an auditor’s', { sales: 'auditor' as const }],
  ])('needs a role that may answer: %s is not enough', (_, roles) => {
    expect(may(roles)).toEqual({ kind: 'no-role' });
  });

  it('does not count somebody else’s role', () => {
    const hers = { channelId: 'sales', employeeId: 'b', role: 'seller' as const, receivesNewClients: false };
    expect(may(null, { assignments: [hers] })).toEqual({ kind: 'no-role' });
  });

  it('lets roles forbid nothing where they are not known', () => {
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
    'lets supervisors take any client freely, also where sellers may %s',
    fromColleague => {
      const rules = { fromColleague, supervisorsFreely: true };
      expect(may({ sales: 'supervisor' }, { rules, ownership: COLLEAGUES }).kind).toBe('allowed');
    },
  );

  it('holds supervisors to the same rule where the admin says so', () => {
    const rules = { fromColleague: 'never', supervisorsFreely: false } as const;
    expect(may({ sales: 'supervisor' }, { rules, ownership: COLLEAGUES }).kind).toBe('ask-owner');
  });
});
