/**
 * An office's day: people take over clients who have written, several of them at once, with pages that die, that cannot reach
 * the server, and hooks that never come. In the evening nothing is lost, and a week later nothing is left.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomFrom } from '../unit/server/claims/random.ts';
import { ADMIN, NOBODY, SELLER_A } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { installedOffice, type Office } from './office.ts';

/** `npm run soak`: fifty people who take over fifty clients each. */
const isLong = process.env['SOAK'] === 'long';
const DAY = isLong ? { sellers: 50, clients: 2500 } : { sellers: 6, clients: 12 };
const MINUTE = 60_000;
const PLAN = { deals: null, task: null, answer: null, undoes: null };
const patient = (): AbortSignal => new AbortController().signal;

let office: Office;
beforeEach(async () => {
  office = await installedOffice({ size: DAY.sellers + 12 });
});
afterEach(() => office.open.close());

it(
  `of ${DAY.sellers} people who take over ${DAY.clients} clients loses nothing`,
  async () => {
    const { world } = office;
    const { crm, chat } = world;
    const random = randomFrom(7);
    const settings = { standInOwners: [String(NOBODY)], claims: { deals: 'always' } };
    await office.ask(ADMIN, 'PUT /own-settings', settings, '"0"');
    chat.channels.splice(1);
    const sellers = [...crm.users.values()]
      .filter(({ id, isActive }) => id >= SELLER_A && id !== NOBODY && isActive)
      .slice(0, DAY.sellers)
      .map(({ id }) => id);
    chat.settings.userRoles = sellers.map(userId => ({
      channelId: SALES_CHANNEL,
      userId: String(userId),
      role: 'seller' as const,
      allowGetNewClients: true,
    }));
    for (const id of await office.following.subscriptions.due())
      await office.following.subscriptions.keep(id, patient());

    async function press(who: number, contactId: number): Promise<void> {
      const claim = {
        press: crypto.randomUUID(),
        contact: String(contactId),
        base: String(NOBODY),
        to: String(who),
        plan: { ...PLAN, note: `@[${who}] took the client over` },
      };
      const asks = random() >= 0.1;
      const answer = asks ? await office.ask(who, 'POST /claims', { claims: [claim] }) : null;
      if (answer && (await answer.json()).claims[0].kind === 'held') return;
      if (crm.contacts.get(contactId)?.responsibleUserId !== NOBODY && random() < 0.8) return;
      crm.assignContact(who, contactId, who);
      // The page has died; whoever has asked is looked after all the same.
      if (asks && random() < 0.2) return;
      const at = Math.floor(world.clock.now() / 1000);
      await office.ask(who, 'POST /claims/told', { claims: [{ ...claim, at, outcome: 'written' }] });
    }
    async function settled(): Promise<void> {
      await world.settled();
      while (await office.following.follower.step(patient()));
    }

    const taken: { readonly contact: number; readonly deal: number }[] = [];
    for (let at = 0; at < DAY.clients; at += 1) {
      const { id: contact } = world.clientWrites({ phone: `+7 916 ${String(1_000_000 + at)}` });
      const { id: deal } = crm.addLead(`Deal ${at}`, [contact], NOBODY);
      const first = Math.floor(random() * sellers.length);
      const rivals = 1 + Math.floor(random() * 3);
      for (let one = 0; one < rivals; one += 1) {
        const who = sellers[(first + one) % sellers.length];
        if (who !== undefined) await press(who, contact);
        world.clock.advance(200);
      }
      taken.push({ contact, deal });
      world.clock.advance(random() * 20_000);
      await settled();
    }
    for (let minutes = 0; minutes < 4; minutes += 1) {
      world.clock.advance(MINUTE);
      await settled();
    }

    const rightful = (contact: number): number | undefined =>
      crm.ownerChanges.find(one => one.entityType === 'contact' && one.entityId === contact)?.after;
    const notesOf = (contact: number): readonly number[] =>
      [...crm.notes.values()].filter(note => note.entityId === contact).map(note => note.createdBy);
    const wrong = taken.filter(({ contact, deal }) => {
      const owner = rightful(contact);
      return (
        owner === undefined ||
        crm.contacts.get(contact)?.responsibleUserId !== owner ||
        chat.contacts.get(String(contact))?.responsibleUserId !== String(owner) ||
        crm.leads.get(deal)?.responsibleUserId !== owner ||
        notesOf(contact).length !== 1 ||
        notesOf(contact)[0] !== owner
      );
    });
    expect(wrong).toEqual([]);

    const { database } = office.open;
    const waiting = await database
      .selectFrom('claimedClient')
      .selectAll()
      .where('lookAt', 'is not', null)
      .execute();
    expect(waiting).toEqual([]);
    world.clock.advance(8 * 24 * 60 * MINUTE);
    await office.following.claims.forget();
    for (const table of ['claim', 'claimedClient'] as const)
      expect(await database.selectFrom(table).select('accountId').execute()).toEqual([]);
  },
  isLong ? 3_600_000 : 60_000,
);
