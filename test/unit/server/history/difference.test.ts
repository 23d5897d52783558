/** The lines that the history shows for a change. */
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../../server/history/difference.ts';

const role = (userId: string, as: string, allowGetNewClients = false) => ({
  channelId: 'c',
  userId,
  role: as,
  allowGetNewClients,
});
const lines = (what: string, before: unknown, after: unknown) => differenceOf(what, before, after).lines;

describe('a change of roles', () => {
  it('lists each seat with another role, and the switch of people with a role', () => {
    const before = { userRoles: [role('1', 'seller', true), role('2', 'auditor'), role('3', 'manager')] };
    const after = {
      userRoles: [role('3', 'manager'), role('1', 'seller'), role('4', 'seller', true)],
      pushInputOutputMessageEventsForManagers: true,
    };
    expect(lines('roles', before, after)).toEqual([
      { thing: 'newClients', person: '1', channel: 'c', before: 'yes', after: 'no' },
      { thing: 'role', person: '2', channel: 'c', before: 'auditor', after: 'none' },
      { thing: 'role', person: '4', channel: 'c', before: 'none', after: 'seller' },
      { thing: 'newClients', person: '4', channel: 'c', before: 'no', after: 'yes' },
      { thing: 'notify', before: 'no', after: 'yes' },
    ]);
  });

  it('leaves out what it has no word for, and counts lines beyond the limit', () => {
    const many = Array.from({ length: 600 }, (_, at) => role(String(at), 'auditor'));
    expect(lines('roles', { userRoles: [role('1', 'later'), null] }, { userRoles: 'x' })).toEqual([]);
    const { lines: shown, more } = differenceOf('roles', null, { userRoles: many });
    expect([shown.length, more]).toEqual([500, 100]);
  });
});

describe('a change of own settings', () => {
  it('lists rules, people, groups and channels, compared with the defaults', () => {
    const after = {
      standInOwners: ['7'],
      claims: { deals: 'always', note: true },
      newcomers: { g: 'seller' },
      channels: { groups: { g: 'c' }, people: { '8': 'd' } },
    };
    expect(lines('own-settings', null, after)).toEqual([
      { thing: 'standIn', person: '7', before: 'no', after: 'yes' },
      { thing: 'deals', before: 'ask', after: 'always' },
      { thing: 'newcomers', group: 'g', before: 'none', after: 'seller' },
      { thing: 'defaultChannel', group: 'g', before: 'unset', after: 'c' },
      { thing: 'defaultChannel', person: '8', before: 'unset', after: 'd' },
    ]);
    expect(lines('own-settings', after, after)).toEqual([]);
  });
});

describe('a change of the connection or of a grant', () => {
  it('lists the values before and after', () => {
    expect(lines('chat-connection', { keyKind: 'v3' }, { keyKind: null })).toEqual([
      { thing: 'connection', before: 'v3', after: 'disconnected' },
    ]);
    expect(lines('crm-grant', { isGiven: false }, { isGiven: true, isAdmin: true })).toEqual([
      { thing: 'grant', before: 'no', after: 'yes' },
    ]);
    expect(lines('something later', { a: 1 }, { a: 2 })).toEqual([]);
  });
});
