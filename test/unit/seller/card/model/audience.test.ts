import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  audienceOf,
  lostSight,
  seeToo,
  type CopiedContact,
  type Office,
} from '../../../../../widget/seller/card/model/audience.ts';
import type { Channel } from '../../../../../domain/channel.ts';
import type { Role } from '../../../../../domain/role.ts';

const channel = (id: string): Channel => ({ id, name: id, messenger: 'whatsapp', state: 'active' });
const seat = (employeeId: string, role: Role, { on = 'sales', fresh = false } = {}) => ({
  channelId: on,
  employeeId,
  role,
  receivesNewClients: fresh,
});

const office: Office = {
  channels: [channel('sales'), channel('wholesale')],
  employees: ['me', 'anna', 'boris', 'head', 'quality', 'gone'].map(id => ({ id, active: id !== 'gone' })),
  assignments: [
    seat('me', 'seller'),
    seat('anna', 'seller', { fresh: true }),
    seat('boris', 'seller', { on: 'wholesale' }),
    seat('head', 'supervisor'),
    seat('quality', 'auditor', { on: 'wholesale' }),
    seat('gone', 'supervisor'),
    seat('stranger', 'supervisor'),
  ],
  me: 'me',
};

const contact = (ownerId: string, about: Partial<CopiedContact> = {}): CopiedContact => ({
  contactId: '3',
  ownerId,
  openDeals: [],
  ...about,
});
const deal = (ownerId: string) => ({ id: `of ${ownerId}`, name: 'Doors', ownerId });

/** One line for each channel with the people who see it. */
const lines = (contacts: readonly CopiedContact[]): readonly string[] =>
  audienceOf(office, contacts).flatMap(({ channel, watchers }) =>
    watchers.map(
      one => `${channel.id}: ${one.employeeId} ${one.writes ? 'writes' : 'reads'}, ${one.because}`,
    ),
  );

describe('who sees a client’s chats', () => {
  it('is listed for each channel, with whether they may write and why', () => {
    expect(lines([contact('me', { openDeals: [deal('boris')] })])).toEqual([
      'sales: me writes, responsible',
      'sales: head writes, supervisor',
      'wholesale: boris writes, deal-responsible',
      'wholesale: quality reads, auditor',
    ]);
  });

  it('is each person who receives new clients, while nobody is responsible', () => {
    expect(lines([])).toEqual([
      'sales: anna writes, new-client',
      'sales: head writes, supervisor',
      'wholesale: quality reads, auditor',
    ]);
  });

  it('says why I do not see the chats of a channel', () => {
    const views = (contacts: readonly CopiedContact[]) =>
      audienceOf(office, contacts).map(({ mine }) => mine.because);
    expect(views([contact('anna')])).toEqual(['someone-elses', 'no-role']);
    expect(views([contact('gone')])).toEqual(['owner-left', 'no-role']);
    expect(views([])).toEqual(['new-clients-off', 'no-role']);
  });
});

describe('who loses sight of a client', () => {
  const lost = (before: readonly CopiedContact[], after: readonly CopiedContact[]) =>
    lostSight(audienceOf(office, before), audienceOf(office, after)).map(
      ({ channel, employeeIds }) => [channel.id, employeeIds] as const,
    );

  it('is each person who saw the client while nobody was responsible', () => {
    expect(lost([], [contact('me')])).toEqual([['sales', ['anna']]]);
  });

  it('is the former responsible, on the channels where they have a role', () => {
    expect(lost([contact('anna')], [contact('me')])).toEqual([['sales', ['anna']]]);
    expect(lost([contact('boris')], [contact('me')])).toEqual([['wholesale', ['boris']]]);
  });

  it('is not a person who keeps an open deal', () => {
    const openDeals = [deal('anna')];
    expect(lost([contact('anna', { openDeals })], [contact('me', { openDeals })])).toEqual([]);
  });
});

describe('a colleague who still sees the chat', () => {
  it('is listed with each of their open deals', () => {
    const openDeals = [deal('me'), deal('anna'), { ...deal('anna'), id: 'second' }];
    expect(seeToo(office, [contact('me', { openDeals })], '3')).toEqual([
      { employeeId: 'anna', because: { kind: 'deal', deal: openDeals[1] } },
      { employeeId: 'anna', because: { kind: 'deal', deal: openDeals[2] } },
    ]);
  });

  it('is listed with the second contact that has the same number', () => {
    const second = contact('anna', { contactId: '4' });
    expect(seeToo(office, [contact('me'), second], '3')).toEqual([
      { employeeId: 'anna', because: { kind: 'contact' } },
    ]);
  });

  it.each([
    ['a supervisor, who sees it anyway', 'head'],
    ['a person who left', 'gone'],
    ['a person who is not in the office', 'stranger'],
  ])('is not %s', (_who, id) => {
    expect(seeToo(office, [contact('me', { openDeals: [deal(id)] })], '3')).toEqual([]);
  });

  it('is not the responsible', () => {
    expect(seeToo(office, [contact('anna', { openDeals: [deal('anna')] })], '3')).toEqual([]);
  });
});

describe('in any office', () => {
  const ids = ['me', 'a', 'b', 'c'] as const;
  const id = fc.constantFrom(...ids);
  const anyOffice: fc.Arbitrary<Office> = fc.record({
    channels: fc.constant([channel('sales'), channel('wholesale')]),
    employees: fc.tuple(...ids.map(one => fc.record({ id: fc.constant(one), active: fc.boolean() }))),
    assignments: fc.uniqueArray(
      fc.record({
        channelId: fc.constantFrom('sales', 'wholesale'),
        employeeId: id,
        role: fc.constantFrom<Role>('seller', 'supervisor', 'auditor'),
        receivesNewClients: fc.boolean(),
      }),
      { selector: one => `${one.channelId} ${one.employeeId}` },
    ),
    me: fc.constant('me'),
  });
  const contacts = fc.array(
    fc.record({
      contactId: fc.constantFrom('3', '4'),
      name: fc.constant('Client'),
      ownerId: id,
      openDeals: fc.array(id.map(deal), { maxLength: 3 }),
    }),
    { maxLength: 2 },
  );

  it('a person sees or writes only with a role that permits it', () => {
    fc.assert(
      fc.property(anyOffice, contacts, (office, contacts) => {
        for (const { channel, watchers } of audienceOf(office, contacts)) {
          for (const { employeeId, writes } of watchers) {
            const role = office.assignments.find(
              one => one.channelId === channel.id && one.employeeId === employeeId,
            )?.role;
            expect(writes).toBe(role === 'seller' || role === 'supervisor');
            expect(role).toBeDefined();
          }
        }
      }),
    );
  });

  it('only sellers lose sight of a client, never supervisors or auditors', () => {
    fc.assert(
      fc.property(anyOffice, contacts, contacts, (office, before, after) => {
        for (const { channel, employeeIds } of lostSight(
          audienceOf(office, before),
          audienceOf(office, after),
        )) {
          for (const employeeId of employeeIds) {
            expect(office.assignments).toContainEqual(
              expect.objectContaining({ channelId: channel.id, employeeId, role: 'seller' }),
            );
          }
        }
      }),
    );
  });

  it('a colleague who still sees the chat would lose it if those deals and contacts were mine', () => {
    fc.assert(
      fc.property(anyOffice, contacts, (office, contacts) => {
        const mine = contacts.map(one => ({
          ...one,
          ownerId: 'me',
          openDeals: one.openDeals.map(deal => ({ ...deal, ownerId: 'me' })),
        }));
        const lost = new Set(
          lostSight(audienceOf(office, contacts), audienceOf(office, mine)).flatMap(one => one.employeeIds),
        );
        for (const { employeeId } of seeToo(office, contacts, '3')) expect(lost).toContain(employeeId);
      }),
    );
  });
});
