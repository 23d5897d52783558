import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followUpWork, type FollowUpWork } from '../../../../widget/claim/follow-up/work.ts';
import { receivers } from '../../../../widget/claim/follow-up/hand-over.ts';
import type { Role } from '../../../../domain/role.ts';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { A, B, followUpStage, NO_ONE, type FollowUpStage } from './follow-up-stage.ts';

const CLAIM = /^PATCH \/api\/v4\/contacts\//;
const GET = /^GET \/api\/v4\/contacts\//;

let at: FollowUpStage;
let work: FollowUpWork;
beforeEach(async () => {
  at = followUpStage();
  at.client.responsibleUserId = SELLER_A;
  work = followUpWork({ records: at.records, outbox: at.openOutbox(), staff: at.staff });
  await at.attempt({ kind: 'chat', contactId: at.contactId, ownerId: A });
});
afterEach(() => at.close());

const give = (toId = B, deals: readonly { id: string; fromId: string }[] = [], note: string | null = null) =>
  work.give({ contactId: at.contactId, fromId: A, toId }, { deals, note });

describe('handing a client over', () => {
  it('makes the colleague responsible, with my deals, a note, and the chat in their list', async () => {
    const deal = at.addDeal('One', SELLER_A);
    const outcome = await give(B, [{ id: String(deal.id), fromId: A }], 'On holiday');
    await work.outbox.settled();
    expect(outcome).toMatchObject({ kind: 'given', contact: { ownerId: B } });
    expect([at.owner(), String(deal.responsibleUserId)]).toEqual([B, B]);
    expect(at.world.crm.notes.map(({ text }) => text)).toEqual(['On holiday']);
    expect([A, B].map(id => at.world.chat.threadsOf(id).length)).toEqual([0, 1]);
    expect(at.world.chat.deals.get(String(deal.id))?.responsibleUserId).toBe(B);
  });

  it('writes once, between two reads', async () => {
    const before = at.stage.requests.length;
    await give();
    await work.outbox.settled();
    const asked = at.stage.requests.slice(before).filter(one => one.includes('/api/v4/'));
    expect(asked.map(one => one.split(' ')[0])).toEqual(['GET', 'PATCH', 'GET']);
  });

  it('gives nothing away that a colleague has taken meanwhile', async () => {
    at.client.responsibleUserId = HEAD_OF_SALES;
    expect(await give()).toEqual({ kind: 'not-mine', ownerId: String(HEAD_OF_SALES) });
    expect(at.owner()).toBe(String(HEAD_OF_SALES));
    expect(work.outbox.shown.value).toEqual([]);
  });

  it('tells who has the client when somebody took the client right after', async () => {
    at.world.disturbances.add(GET, () => undefined);
    at.world.disturbances.add(GET, () => {
      at.client.responsibleUserId = HEAD_OF_SALES;
    });
    expect(await give()).toEqual({ kind: 'not-mine', ownerId: String(HEAD_OF_SALES) });
  });

  it('succeeds when the answer was lost but the CRM shows the colleague', async () => {
    at.world.disturbances.add(CLAIM, 'broken-json');
    expect(await give()).toMatchObject({ kind: 'given' });
  });

  it('is not known yet when the CRM shows nothing new', async () => {
    at.world.disturbances.add(CLAIM, 'cut');
    expect(await give()).toMatchObject({ kind: 'unknown', failure: { code: 'no-answer' } });
    expect(work.outbox.shown.value).toEqual([]);
  });

  it('is forbidden when the CRM answers 244', async () => {
    at.world.disturbances.add(CLAIM, 'no-rights-244');
    expect(await give()).toEqual({ kind: 'forbidden' });
  });

  it('reaches the chat service also from somebody who sees their own clients only', async () => {
    const me = at.world.crm.users.get(SELLER_A);
    if (me) me.contacts = { view: 'M', edit: 'M' };
    expect(await give()).toMatchObject({ kind: 'given', contact: { ownerId: B } });
    await work.outbox.settled();
    expect(at.world.chat.contacts.get(at.contactId)?.responsibleUserId).toBe(B);
  });

  it('back to the stand-in owner removes the client and their deals from the chat service', async () => {
    const deal = at.addDeal('One', SELLER_A);
    const moves = [{ id: String(deal.id), fromId: A }];
    await at.attempt({ kind: 'deals', contactId: at.contactId, whileOwnerId: A, toId: A, deals: moves });
    expect(at.world.chat.deals.size).toBe(1);
    await give(NO_ONE, moves);
    await work.outbox.settled();
    expect([at.owner(), String(deal.responsibleUserId)]).toEqual([NO_ONE, NO_ONE]);
    expect([at.world.chat.contacts.size, at.world.chat.deals.size]).toEqual([0, 0]);
    expect([A, B].map(id => at.world.chat.threadsOf(id).length)).toEqual([1, 1]);
  });
});

describe('who may get a client', () => {
  const seat = (employeeId: string, channelId: string, role: Role) => ({
    employeeId,
    channelId,
    role,
    receivesNewClients: false,
  });
  const assignments = [
    seat(A, 'sales', 'seller'),
    seat(B, 'sales', 'seller'),
    seat(String(HEAD_OF_SALES), 'wholesale', 'supervisor'),
    seat(NO_ONE, 'sales', 'seller'),
    seat('8001', 'sales', 'auditor'),
  ];
  const chosen = (clientChannelIds: readonly string[]): readonly string[] =>
    receivers({
      employees: at.employees(),
      me: A,
      standInOwners: [NO_ONE],
      assignments,
      clientChannelIds,
    }).map(({ id }) => id);

  it('is whoever may answer on one of the client’s channels, but me', () => {
    expect(chosen(['sales'])).toEqual([B]);
    expect(chosen(['sales', 'wholesale'])).toEqual([B, String(HEAD_OF_SALES)]);
  });

  it('is whoever may answer at all while the channels are not known', () => {
    expect(chosen([])).toEqual([B, String(HEAD_OF_SALES)]);
  });

  it('is nobody who works here no more', () => {
    const seller = at.world.crm.users.get(SELLER_B);
    if (seller) seller.isActive = false;
    expect(chosen(['sales'])).toEqual([]);
  });
});
