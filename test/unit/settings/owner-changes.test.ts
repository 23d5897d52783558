import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followOwnerChanges, type Followed } from '../../../widget/settings/owner-changes.ts';
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import { seconds, standingClock } from '../../world/clock.ts';
import type { CrmContact } from '../../world/crm.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { servicesOf } from '../services.ts';

const NEVER: Followed = { to: null, waiting: [] };
const CONTACT_EVENTS = /api\/v4\/events.*entity(\]|%5D)=contact/;
const CHAT_CONTACT = /^(GET|POST|DELETE) \/v3\/contacts/;

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN, clock: standingClock() });
});
afterEach(() => {
  const { strays } = stage.world;
  stage.close();
  expect(strays).toEqual([]);
});

/** A contact of A's that the chat service knows as A's. */
function clientOfA(name = 'Анна'): CrmContact {
  const { crm, chat } = stage.world;
  const contact = crm.addContact(name, ['+7 916 000-00-01'], SELLER_A);
  const id = String(contact.id);
  chat.contacts.set(id, {
    id,
    name,
    responsibleUserId: String(SELLER_A),
    contactData: [{ chatType: 'telegram', chatId: '55533', username: 'anna' }],
    uri: 'https://crm.example/1',
  });
  return contact;
}
const handTo = (contact: CrmContact, person: number) =>
  stage.world.crm.assignContact(ADMIN, contact.id, person);
const there = (contact: CrmContact) => stage.world.chat.contacts.get(String(contact.id));

async function follow(followed: Followed = NEVER, signal = new AbortController().signal) {
  const { records, chat } = servicesOf(stage.world);
  return followOwnerChanges(
    { records, chat },
    { employees: await records.employees(), standInOwners: [String(NOBODY)] },
    { followed, now: seconds(stage.world.clock) },
    { signal, report: () => undefined },
  );
}

describe('following changes of responsible', () => {
  it('gives the contact there its new responsible, and changes nothing else of it', async () => {
    const contact = clientOfA();
    const before = there(contact);
    handTo(contact, SELLER_B);
    expect(await follow()).toMatchObject({ corrected: 1, freed: 0, failure: null });
    expect(there(contact)).toEqual({ ...before, responsibleUserId: String(SELLER_B) });
  });

  it.each<[string, (contact: CrmContact) => void]>([
    ['stands in for nobody', contact => void handTo(contact, NOBODY)],
    [
      'was deactivated',
      contact => {
        handTo(contact, SELLER_B);
        const owner = stage.world.crm.users.get(SELLER_B);
        if (owner) owner.isActive = false;
      },
    ],
    [
      'is not in the CRM any more',
      contact => {
        handTo(contact, SELLER_B);
        stage.world.crm.users.delete(SELLER_B);
      },
    ],
  ])('makes a contact nobody’s whose responsible %s', async (_why, happens) => {
    const contact = clientOfA();
    const other = clientOfA('Борис');
    happens(contact);
    expect(await follow()).toMatchObject({ corrected: 0, freed: 1 });
    expect(there(contact)).toBeUndefined();
    expect(there(other)).toBeDefined();
  });

  it('leaves alone whom the chat service does not know, and writes nothing that is right already', async () => {
    const unknown = stage.world.crm.addContact('Вера', [], SELLER_A);
    handTo(unknown, SELLER_B);
    const right = clientOfA();
    handTo(right, SELLER_B);
    handTo(right, SELLER_A);
    expect(await follow()).toMatchObject({ corrected: 0, freed: 0 });
    expect(stage.upstream.filter(asked => /^(POST|DELETE)/.test(asked))).toEqual([]);
    expect(there(unknown)).toBeUndefined();
  });

  it('looks a day back the first time, and later to where it came', async () => {
    const [long, lately] = [clientOfA(), clientOfA('Борис')];
    handTo(long, SELLER_B);
    stage.world.clock.advance(25 * 3_600_000);
    handTo(lately, SELLER_B);
    const { followed } = await follow();
    expect(there(long)?.responsibleUserId).toBe(String(SELLER_A));
    expect(there(lately)?.responsibleUserId).toBe(String(SELLER_B));

    stage.world.clock.advance(48 * 3_600_000);
    expect(followed).toEqual({ to: seconds(stage.world.clock) - 48 * 3600, waiting: [] });
    handTo(long, HEAD_OF_SALES);
    expect(await follow(followed)).toMatchObject({ corrected: 1 });
    expect(there(long)?.responsibleUserId).toBe(String(HEAD_OF_SALES));
  });

  it('reads page after page, checks 200 contacts a run and comes to the others in the next', async () => {
    const { crm } = stage.world;
    const known = [clientOfA(), clientOfA('Борис')] as const;
    const unknown = Array.from({ length: 199 }, () => crm.addContact('Вера', [], SELLER_A));
    [known[0], ...unknown, known[1]].forEach(contact => handTo(contact, SELLER_B));
    stage.world.clock.advance(1000);
    const first = await follow();
    expect(first).toMatchObject({ corrected: 1, complete: true });
    expect(first.followed.waiting).toHaveLength(1);
    expect(stage.requests.filter(asked => CONTACT_EVENTS.test(asked))).toHaveLength(3);
    expect(await follow(first.followed)).toMatchObject({ corrected: 1, followed: { waiting: [] } });
    expect(known.map(contact => there(contact)?.responsibleUserId)).toEqual(
      known.map(() => String(SELLER_B)),
    );
  }, 20_000);

  it('stops reading after twenty pages and says that older changes are missing', async () => {
    const contact = stage.world.crm.addContact('Вера', [], SELLER_A);
    for (let times = 0; times < 2001; times += 1) handTo(contact, times % 2 ? SELLER_A : SELLER_B);
    expect(await follow()).toMatchObject({ complete: false });
    expect(stage.requests.filter(asked => CONTACT_EVENTS.test(asked))).toHaveLength(20);
  });

  it('keeps what it has done when a service stops answering, and does the rest later', async () => {
    const contacts = [clientOfA(), clientOfA('Борис')];
    contacts.forEach(contact => handTo(contact, SELLER_B));
    stage.world.disturbances.add(/^POST \/v3\/contacts/, () =>
      stage.world.disturbances.add(/^GET \/v3\/contacts/, 'forbidden-json'),
    );
    const first = await follow();
    expect(first).toMatchObject({ corrected: 1, failure: { code: 'forbidden', service: 'chat' } });
    expect(first.followed.waiting).toHaveLength(1);
    expect(await follow(first.followed)).toMatchObject({ corrected: 1, failure: null });
  });

  it('goes on past a contact that is refused, and keeps that one waiting', async () => {
    const [odd, other] = [clientOfA(), clientOfA('Борис')];
    [odd, other].forEach(contact => handTo(contact, SELLER_B));
    const known = there(odd);
    if (known) stage.world.chat.contacts.set(known.id, { ...known, contactData: [] });
    expect(await follow()).toMatchObject({
      corrected: 1,
      failure: { code: 'refused', service: 'chat' },
      followed: { waiting: [String(odd.id)] },
    });
    expect(there(other)?.responsibleUserId).toBe(String(SELLER_B));
  });

  it('stops between contacts when nobody wants to wait, and names who waits', async () => {
    const contacts = [clientOfA(), clientOfA('Борис')];
    contacts.forEach(contact => handTo(contact, SELLER_B));
    const stop = new AbortController();
    stage.world.disturbances.add(CHAT_CONTACT, () => stop.abort());
    expect(await follow(NEVER, stop.signal)).toMatchObject({
      corrected: 1,
      failure: { code: 'cancelled' },
      followed: { waiting: [expect.any(String)] },
    });
  });
});

describe('following changes of responsible for deals', () => {
  /** A deal of A's about a client of A's; the chat service knows both. */
  function dealOfA(): number {
    const { crm, chat } = stage.world;
    const contact = clientOfA();
    const { id } = crm.addLead('Окна', [contact.id], SELLER_A);
    chat.deals.set(String(id), {
      id: String(id),
      responsibleUserId: String(SELLER_A),
      name: 'Окна',
      uri: 'https://crm.example/2',
      contacts: [String(contact.id)],
      closed: false,
    });
    return id;
  }
  const dealThere = (id: number) => stage.world.chat.deals.get(String(id));

  it('gives the deal there its new responsible, and changes nothing else of it', async () => {
    const id = dealOfA();
    const before = dealThere(id);
    stage.world.crm.assignLead(ADMIN, id, SELLER_B);
    expect(await follow()).toMatchObject({ corrected: 0, deals: 1, failure: null });
    expect(dealThere(id)).toEqual({ ...before, responsibleUserId: String(SELLER_B) });
  });

  it('closes there what was closed in the CRM as well', async () => {
    const id = dealOfA();
    stage.world.crm.assignLead(ADMIN, id, SELLER_B);
    stage.world.crm.moveLead(ADMIN, id, 143);
    expect(await follow()).toMatchObject({ deals: 1 });
    expect(dealThere(id)).toMatchObject({ responsibleUserId: String(SELLER_B), closed: true });
  });

  it('takes out a deal of somebody who stands in for nobody, and leaves its client', async () => {
    const id = dealOfA();
    stage.world.crm.assignLead(ADMIN, id, NOBODY);
    expect(await follow()).toMatchObject({ freed: 0, deals: 1 });
    expect(dealThere(id)).toBeUndefined();
    expect(stage.world.chat.contacts.size).toBe(1);
  });

  it('leaves alone deals that the chat service does not know, and those that are right', async () => {
    const { crm } = stage.world;
    const unknown = crm.addLead('Двери', [clientOfA().id], SELLER_A).id;
    const right = dealOfA();
    for (const person of [SELLER_B, SELLER_A]) crm.assignLead(ADMIN, right, person);
    crm.assignLead(ADMIN, unknown, SELLER_B);
    expect(await follow()).toMatchObject({ deals: 0, failure: null });
    expect(dealThere(unknown)).toBeUndefined();
    expect(stage.upstream.filter(asked => /^(POST|DELETE)/.test(asked))).toEqual([]);
  });

  it('comes back to a deal that could not be written', async () => {
    const id = dealOfA();
    stage.world.crm.assignLead(ADMIN, id, SELLER_B);
    stage.world.disturbances.add(/^POST \/v3\/deals/, 'forbidden-json');
    const first = await follow();
    expect(first).toMatchObject({ deals: 0, failure: { code: 'forbidden', service: 'chat' } });
    stage.world.clock.advance(24 * 3_600_000);
    expect(await follow(first.followed)).toMatchObject({ deals: 1, followed: { waiting: [] } });
    expect(dealThere(id)?.responsibleUserId).toBe(String(SELLER_B));
  });
});
