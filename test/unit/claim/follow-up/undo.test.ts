import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followUpWork, type FollowUpWork } from '../../../../widget/claim/follow-up/work.ts';
import type { FollowUp } from '../../../../widget/claim/follow-up/follow-up.ts';
import { undoable, UNDO_MS, type Claimed } from '../../../../widget/claim/follow-up/undo.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { A, B, followUpStage, NO_ONE, type FollowUpStage } from './follow-up-stage.ts';

const CLAIMED_AT = Date.UTC(2026, 10, 2, 9);
const NOTE = 'Adam took the client over';
const UNDONE = 'Adam put everything back';
const CLAIM = /^PATCH \/api\/v4\/contacts\//;

let at: FollowUpStage;
let work: FollowUpWork;
let now: number;
beforeEach(() => {
  at = followUpStage();
  now = CLAIMED_AT + 1000;
  work = followUpWork({ records: at.records, outbox: at.openOutbox(), staff: at.staff, now: () => now });
  at.client.responsibleUserId = SELLER_A;
});
afterEach(() => at.close());

/** What a claim leaves behind it. */
async function claimed(
  followUps: readonly FollowUp[],
  formerOwnerId: string | null = NO_ONE,
): Promise<Claimed> {
  const contact = await at.records.contact(at.contactId);
  const followUpIds = work.outbox.add(followUps, contact);
  await work.outbox.settled();
  return { contactId: at.contactId, me: A, formerOwnerId, at: CLAIMED_AT, followUpIds };
}
const chat = (): FollowUp => ({ kind: 'chat', contactId: at.contactId, ownerId: A });
const note = (): FollowUp => ({ kind: 'note', contactId: at.contactId, text: NOTE });
const notes = (): readonly string[] => at.world.crm.notes.map(({ text }) => text);

describe('putting it back as it was', () => {
  it('reverses the responsible, the deals, the chat service, and says so in a second note', async () => {
    const [free, colleagues] = [at.addDeal('Free', NOBODY), at.addDeal('Theirs', SELLER_B)];
    const deals = [
      { id: String(free.id), fromId: NO_ONE },
      { id: String(colleagues.id), fromId: B },
    ];
    const moved: FollowUp = { kind: 'deals', contactId: at.contactId, whileOwnerId: A, toId: A, deals };
    const made = await claimed([chat(), moved, note()]);
    expect([free, colleagues].map(deal => deal.responsibleUserId)).toEqual([SELLER_A, SELLER_A]);
    expect(await work.undo(made, UNDONE)).toMatchObject({ kind: 'given' });
    await work.outbox.settled();
    expect(at.owner()).toBe(NO_ONE);
    expect([free, colleagues].map(deal => deal.responsibleUserId)).toEqual([NOBODY, SELLER_B]);
    expect(at.world.chat.contacts.size).toBe(0);
    expect(at.world.chat.deals.has(String(free.id))).toBe(false);
    expect(notes()).toEqual([NOTE, UNDONE]);
  });

  it('takes back a note that was not written, instead of writing a second one', async () => {
    at.world.disturbances.add(/^POST \/api\/v4\/contacts\/\d+\/notes/, 'too-many', Infinity);
    const made = await claimed([note()]);
    expect(work.outbox.shown.value.map(({ state }) => state.kind)).toEqual(['later']);
    at.world.disturbances.clear();
    await work.undo(made, UNDONE);
    await work.outbox.settled();
    expect(work.outbox.shown.value.map(({ followUp }) => followUp.kind)).toEqual(['chat']);
    expect(notes()).toEqual([]);
  });

  it('changes nothing when somebody else became responsible meanwhile', async () => {
    const made = await claimed([]);
    at.client.responsibleUserId = SELLER_B;
    expect(await work.undo(made, UNDONE)).toEqual({ kind: 'not-mine', ownerId: B });
    expect(at.owner()).toBe(B);
  });

  it('is over after thirty seconds', async () => {
    const made = await claimed([]);
    now = CLAIMED_AT + UNDO_MS;
    expect(undoable(made, at.staff, now)).toBe(false);
    expect(await work.undo(made, UNDONE)).toEqual({ kind: 'too-late' });
    expect(at.owner()).toBe(A);
  });

  it.each([
    ['was deactivated', B],
    ['is unknown', '1'],
    ['was nobody', null],
  ])('is not offered when the former responsible %s', async (_, formerOwnerId) => {
    const seller = at.world.crm.users.get(SELLER_B);
    if (seller) seller.isActive = false;
    const made = await claimed([], formerOwnerId);
    expect(undoable(made, at.staff, now)).toBe(false);
    expect(await work.undo(made, UNDONE)).toEqual({ kind: 'former-owner-left' });
    expect(at.owner()).toBe(A);
  });

  it('is not known yet when the connection was cut, and the same again ends it', async () => {
    const made = await claimed([]);
    at.world.disturbances.add(CLAIM, 'cut');
    expect(await work.undo(made, null)).toMatchObject({ kind: 'unknown', failure: { code: 'no-answer' } });
    expect(await work.undo(made, null)).toMatchObject({ kind: 'given' });
    expect(at.owner()).toBe(NO_ONE);
  });
});
