import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../domain/role.ts';
import { chatView, type Holder } from '../../../domain/visibility.ts';
import { createChatAccount, type Thread, type WireRole } from '../../world/chat.ts';
import { standingClock } from '../../world/clock.ts';

const CHANNEL = 'sales';
const ME = 'me';
const works = (id: string): boolean => id !== 'gone';

const seat = (role: Role, receivesNewClients = false) => ({
  channelId: CHANNEL,
  employeeId: ME,
  role,
  receivesNewClients,
});
const of = (ownerId: string, ...openDealOwnerIds: readonly string[]): Holder => ({
  ownerId,
  openDealOwnerIds,
});

describe('whether a person sees a chat', () => {
  it.each([
    ['nobody without a role', undefined, [of(ME)], { sees: false, writes: false, because: 'no-role' }],
    ['a supervisor', seat('supervisor'), [of('a')], { sees: true, writes: true, because: 'supervisor' }],
    ['an auditor', seat('auditor'), [of('a')], { sees: true, writes: false, because: 'auditor' }],
    ['the responsible', seat('seller'), [of(ME)], { sees: true, writes: true, because: 'responsible' }],
    [
      'the responsible of one of two contacts',
      seat('seller'),
      [of('a'), of(ME)],
      { sees: true, writes: true, because: 'responsible' },
    ],
    [
      'the responsible of an open deal',
      seat('seller'),
      [of('a', ME)],
      { sees: true, writes: true, because: 'deal-responsible' },
    ],
    [
      'a sales rep for new clients',
      seat('seller', true),
      [],
      { sees: true, writes: true, because: 'new-client' },
    ],
    [
      'a sales rep without new clients',
      seat('seller'),
      [],
      { sees: false, writes: false, because: 'new-clients-off' },
    ],
    [
      'a sales rep and a colleague’s client',
      seat('seller', true),
      [of('a')],
      { sees: false, writes: false, because: 'someone-elses' },
    ],
    [
      'a sales rep and a client whose responsible left',
      seat('seller', true),
      [of('gone')],
      { sees: false, writes: false, because: 'owner-left' },
    ],
    [
      'a sales rep and a client with a colleague’s deal',
      seat('seller', true),
      [of('gone', 'a')],
      { sees: false, writes: false, because: 'someone-elses' },
    ],
  ] as const)('is right for %s', (_who, assignment, holders, view) => {
    expect(chatView(assignment, holders, works)).toEqual(view);
  });
});

const PEOPLE = [ME, 'a', 'gone'];
const ROLE_OF: Readonly<Record<WireRole, Role>> = {
  seller: 'seller',
  manager: 'supervisor',
  auditor: 'auditor',
};

/** My role, contacts that may have the chat's number, and their deals. */
const office = fc.record({
  mine: fc.option(
    fc.record({
      role: fc.constantFrom<WireRole>('seller', 'manager', 'auditor'),
      allowGetNewClients: fc.boolean(),
      channelId: fc.constantFrom(CHANNEL, 'wholesale'),
    }),
  ),
  contacts: fc.array(
    fc.record({
      owner: fc.constantFrom(...PEOPLE),
      chatId: fc.constantFrom('79160000001', '79160000002'),
      deals: fc.array(fc.record({ owner: fc.constantFrom(...PEOPLE), closed: fc.boolean() }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 3 },
  ),
});

describe('the rule', () => {
  it('agrees with the chat service in every account', () => {
    const thread: Thread = {
      channelId: CHANNEL,
      chatType: 'whatsapp',
      chatId: '79160000001',
      name: 'Anna',
      messages: [],
    };
    fc.assert(
      fc.property(office, ({ mine, contacts }) => {
        const account = createChatAccount(standingClock(), { channels: [] });
        if (mine) account.settings.userRoles = [{ ...mine, userId: ME }];
        contacts.forEach(({ owner, chatId, deals }, at) => {
          const id = `c-${at}`;
          const contactData = [{ chatType: 'whatsapp', chatId }];
          account.contacts.set(id, { id, name: id, responsibleUserId: owner, contactData });
          deals.forEach((deal, nth) => {
            const dealId = `d-${at}-${nth}`;
            account.deals.set(dealId, {
              id: dealId,
              name: dealId,
              uri: '',
              contacts: [id],
              closed: deal.closed,
              responsibleUserId: deal.owner,
            });
          });
        });
        const holders = contacts
          .filter(one => one.chatId === thread.chatId)
          .map(one => of(one.owner, ...one.deals.flatMap(({ owner, closed }) => (closed ? [] : [owner]))));
        const assignment =
          mine?.channelId === CHANNEL
            ? { ...seat(ROLE_OF[mine.role]), receivesNewClients: mine.allowGetNewClients }
            : undefined;
        const { sees, writes } = chatView(assignment, holders, works);
        expect({ sees, writes }).toEqual({
          sees: account.maySee(ME, thread),
          writes: account.mayWrite(ME, thread),
        });
      }),
    );
  });
});
