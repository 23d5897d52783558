import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FollowUp, FollowUpOutcome } from '../../../../widget/claim/follow-up/follow-up.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { mention } from '../../../../widget/claim/follow-up/mention.ts';
import { memoryStorage } from '../../settings/memory-storage.ts';
import { A, B, followUpStage, NO_ONE, type FollowUpStage } from './follow-up-stage.ts';

let at: FollowUpStage;
beforeEach(() => {
  at = followUpStage();
  at.client.responsibleUserId = SELLER_A;
});
afterEach(() => {
  const { strays } = at.world;
  at.close();
  expect(strays).toEqual([]);
});

const seenBy = (person: number): number => at.world.chat.threadsOf(String(person)).length;
const asked = (on: RegExp): number => at.stage.requests.filter(one => on.test(one)).length;

describe('telling the chat service of a contact', () => {
  const tell = (ownerId = A): Promise<FollowUpOutcome> =>
    at.attempt({ kind: 'chat', contactId: at.contactId, ownerId });

  it('makes the chat leave the other seller’s list', async () => {
    expect([seenBy(SELLER_A), seenBy(SELLER_B)]).toEqual([1, 1]);
    expect(await tell()).toEqual({ kind: 'told', unreadable: [] });
    expect([seenBy(SELLER_A), seenBy(SELLER_B)]).toEqual([1, 0]);
  });

  it('keeps the identities that the service knew', async () => {
    const telegram = { chatType: 'telegram', chatId: '55533', username: 'anna' };
    at.world.chat.contacts.set(at.contactId, {
      id: at.contactId,
      responsibleUserId: B,
      name: at.client.name,
      contactData: [telegram],
    });
    await tell();
    expect(at.world.chat.contacts.get(at.contactId)?.contactData).toEqual(
      expect.arrayContaining([telegram, { chatType: 'whatsapp', chatId: '79160000001' }]),
    );
  });

  it('names a number that no messenger could know', async () => {
    at.client.phones.push('ask the secretary');
    expect(await tell()).toEqual({ kind: 'told', unreadable: ['ask the secretary'] });
  });

  it('has nothing to tell about a client without a number', async () => {
    at.client.phones = [];
    expect(await tell()).toEqual({ kind: 'nothing-to-tell', unreadable: [] });
  });

  it('is refused to somebody who may answer on no channel', async () => {
    at.world.chat.settings = { ...at.world.chat.settings, userRoles: [] };
    expect(await tell()).toEqual({ kind: 'no-role' });
  });

  it('tells whom the CRM names now, not whom it named when this began to wait', async () => {
    at.client.responsibleUserId = SELLER_B;
    await tell();
    expect(at.world.chat.contacts.get(at.contactId)?.responsibleUserId).toBe(B);
  });

  it('removes a client who is nobody’s, and their deals that are nobody’s', async () => {
    const [free, colleagues] = [at.addDeal('Free', NOBODY), at.addDeal('Theirs', SELLER_B)];
    free.responsibleUserId = SELLER_B;
    await at.chat.changed(at.contactId, [String(free.id), String(colleagues.id)]);
    expect(at.world.chat.deals.size).toBe(2);
    free.responsibleUserId = NOBODY;
    at.client.responsibleUserId = NOBODY;
    expect(await tell(NO_ONE)).toEqual({ kind: 'freed' });
    expect([...at.world.chat.contacts.keys()]).toEqual([]);
    expect([...at.world.chat.deals.keys()]).toEqual([String(colleagues.id)]);
  });

  it('tells the new responsible also when the CRM hides the client from me since', async () => {
    await tell();
    const me = at.world.crm.users.get(SELLER_A);
    if (me) me.contacts = { view: 'M', edit: 'M' };
    at.client.responsibleUserId = SELLER_B;
    expect(await tell(B)).toEqual({ kind: 'told', unreadable: [] });
    expect(at.world.chat.contacts.get(at.contactId)?.responsibleUserId).toBe(B);
  });

  it('is void when the contact was deleted and the service never knew it', async () => {
    at.client.isDeleted = true;
    expect(await tell()).toEqual({ kind: 'void' });
  });
});

describe('deals that come along', () => {
  const move = (deals: Extract<FollowUp, { kind: 'deals' }>['deals']): Promise<FollowUpOutcome> =>
    at.attempt({ kind: 'deals', contactId: at.contactId, whileOwnerId: A, toId: A, deals });
  const PATCH = /^PATCH \/api\/v4\/leads/;

  it('move in the CRM with one write, and the chat service learns of them', async () => {
    const deals = [at.addDeal('One', NOBODY), at.addDeal('Two', NOBODY)];
    const outcome = await move(deals.map(({ id }) => ({ id: String(id), fromId: NO_ONE })));
    expect(outcome).toMatchObject({ kind: 'moved', chat: { kind: 'told' } });
    expect(deals.map(deal => deal.responsibleUserId)).toEqual([SELLER_A, SELLER_A]);
    expect([...at.world.chat.deals.values()].map(deal => deal.responsibleUserId)).toEqual([A, A]);
    expect(asked(/^PATCH/)).toBe(1);
  });

  it('stay when a colleague became responsible for them since they were chosen', async () => {
    const deal = at.addDeal('One', SELLER_B);
    expect(await move([{ id: String(deal.id), fromId: NO_ONE }])).toMatchObject({
      deals: [{ name: 'One', fate: { kind: 'changed', ownerId: B, isOpen: true } }],
    });
    expect(deal.responsibleUserId).toBe(SELLER_B);
    expect(asked(/^PATCH/)).toBe(0);
  });

  it('are told one by one when one of them is refused, and keep no other', async () => {
    const [mine, denied] = [at.addDeal('Mine', NOBODY), at.addDeal('Denied', NOBODY)];
    at.world.disturbances.add(PATCH, 'no-rights-244');
    at.world.disturbances.add(PATCH, () => undefined);
    at.world.disturbances.add(PATCH, 'no-rights-244');
    const outcome = await move([mine, denied].map(({ id }) => ({ id: String(id), fromId: NO_ONE })));
    expect(outcome).toMatchObject({
      kind: 'moved',
      deals: [
        { name: 'Mine', fate: { kind: 'moved' } },
        { name: 'Denied', fate: { kind: 'failed', failure: { code: 'forbidden' } } },
      ],
    });
    expect([mine, denied].map(deal => deal.responsibleUserId)).toEqual([SELLER_A, NOBODY]);
    expect(at.world.chat.deals.size).toBe(1);
  });

  it('count as moved when the answer was lost but the CRM shows them', async () => {
    const deal = at.addDeal('One', NOBODY);
    at.world.disturbances.add(PATCH, 'broken-json');
    expect(await move([{ id: String(deal.id), fromId: NO_ONE }])).toMatchObject({
      deals: [{ fate: { kind: 'moved' } }],
    });
  });

  it('are nobody’s business any more once the client is a colleague’s', async () => {
    const deal = at.addDeal('One', NOBODY);
    at.client.responsibleUserId = SELLER_B;
    expect(await move([{ id: String(deal.id), fromId: NO_ONE }])).toEqual({ kind: 'void' });
    expect(deal.responsibleUserId).toBe(NOBODY);
  });

  it('move in the CRM also when the chat service is down, and it learns of them later', async () => {
    const deal = at.addDeal('One', NOBODY);
    const moves = [{ id: String(deal.id), fromId: NO_ONE }];
    at.world.disturbances.add(/^POST \/v3\/contacts/, 'server-error');
    expect(await move(moves)).toMatchObject({
      deals: [{ fate: { kind: 'moved' } }],
      chat: { kind: 'failed', failure: { code: 'down' } },
    });
    expect(await move(moves)).toMatchObject({ chat: { kind: 'told' } });
    expect(at.world.chat.deals.size).toBe(1);
  });

  it('that are gone are named as missing', async () => {
    expect(await move([{ id: '99999', fromId: NO_ONE }])).toMatchObject({
      deals: [{ id: '99999', name: null, fate: { kind: 'missing' } }],
    });
  });
});

describe.each([
  ['a note', 'note', /^POST \/api\/v4\/contacts\/\d+\/notes/, /^GET \/api\/v4\/contacts\/\d+\/notes/],
  ['a task', 'task', /^POST \/api\/v4\/tasks/, /^GET \/api\/v4\/tasks/],
] as const)('%s', (_, kind, post, get) => {
  const text = 'Adam took the client over.\nReason: on holiday';
  const followUp = (): FollowUp =>
    kind === 'note'
      ? { kind, contactId: at.contactId, text }
      : { kind, contactId: at.contactId, forId: B, text, dueAt: 1_793_700_000 };
  const written = (): readonly string[] =>
    (kind === 'note' ? at.world.crm.notes : [...at.world.crm.tasks.values()]).map(one => one.text);
  const writtenAt = (secondsAgo: number) => ({ sentAt: at.world.clock.now() - secondsAgo * 1000 });

  it('is written once, without reading first', async () => {
    expect(await at.attempt(followUp())).toEqual({ kind: 'written' });
    expect(written()).toEqual([text]);
    expect(at.stage.requests).toHaveLength(1);
  });

  it('is found instead of written again when only its answer was lost', async () => {
    at.world.disturbances.add(post, 'broken-json');
    await at.attempt(followUp());
    expect(await at.attempt(followUp(), writtenAt(120))).toEqual({ kind: 'written' });
    expect(written()).toEqual([text]);
  });

  it('is not sent again while the lost one may still arrive', async () => {
    expect(await at.attempt(followUp(), writtenAt(20))).toMatchObject({
      kind: 'failed',
      failure: { code: 'timeout' },
    });
    expect(written()).toEqual([]);
  });

  it('is sent again when it has not arrived for a minute', async () => {
    expect(await at.attempt(followUp(), writtenAt(61))).toEqual({ kind: 'written' });
    expect(written()).toEqual([text]);
  });

  it('waits when the CRM cannot tell whether it is there', async () => {
    at.world.disturbances.add(get, 'forbidden-html');
    expect(await at.attempt(followUp(), writtenAt(61))).toMatchObject({ kind: 'failed' });
    expect(written()).toEqual([]);
  });
});

it('an answer completes the task by which somebody asked', async () => {
  const task = at.world.crm.writeTask(SELLER_B, {
    entityType: 'contacts',
    entityId: at.client.id,
    text: 'Please',
    responsibleUserId: SELLER_A,
    completeTill: 1_793_700_000,
  });
  const answer = { kind: 'answer', contactId: at.contactId, taskId: String(task.id), text: 'No' } as const;
  expect(await at.attempt(answer)).toEqual({ kind: 'written' });
  expect(task).toMatchObject({ isCompleted: true, result: 'No' });
});

describe('people in a text that may have to wait', () => {
  const text = `${mention(A)} takes over from ${mention(B)}; ${mention('404')} has left`;
  const note = (): FollowUp => ({ kind: 'note', contactId: at.contactId, text });

  it('are named when it is sent, and found there again', async () => {
    const sent = 'Артём Алексеев takes over from Борис Белов; 404 has left';
    expect(await at.attempt(note())).toEqual({ kind: 'written' });
    expect(at.world.crm.notes.map(one => one.text)).toEqual([sent]);
    expect(await at.attempt(note(), { sentAt: at.world.clock.now() })).toEqual({ kind: 'written' });
    expect(at.world.crm.notes).toHaveLength(1);
  });

  it('are kept by their ids', async () => {
    const kept = new Map<string, string>();
    at.world.disturbances.add(/^POST .*notes/, 'server-error');
    const outbox = at.openOutbox(memoryStorage(kept));
    outbox.add([note()]);
    await outbox.settled();
    const waiting = [...kept.values()].join();
    expect(waiting).toContain(mention(B));
    for (const { name } of at.employees()) expect(waiting).not.toContain(name);
  });
});
