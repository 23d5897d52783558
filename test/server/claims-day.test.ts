/**
 * An office's day: people take over clients who have written, several at once. Some pages die or cannot reach the server,
 * and some hooks never come. In the evening nothing is lost, and a week later no rows are left.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../support/claim-lives/random.ts';
import { ADMIN, NOBODY, SELLER_A } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { installedOffice, type Office } from './office.ts';

/** `npm run soak`: fifty people for ten hours, and each takes over fifty clients. */
const isLong = process.env['SOAK'] === 'long';
const DAY = isLong ? { sellers: 50, hours: 10, clients: 250 } : { sellers: 6, hours: 2, clients: 12 };
/**
 * How much memory each client may leave until the evening. The emulated services forget nothing and share the memory. With
 * few clients the measurement is unreliable, because the heap varies by more than they leave.
 */
const MOST_BYTES_A_CLIENT = isLong ? 60_000 : 1_000_000;
/** Rows for each client: its claims, two lanes, and the chat copies of it and its deal. */
const MOST_ROWS_A_CLIENT = 12;
const MINUTE = 60_000;
const PLAN = { deals: null, task: null, answer: null, undoes: null };
const patient = (): AbortSignal => new AbortController().signal;

/** Bytes in use after garbage collection, and rows in all tables. */
async function leftIn({
  open: { database },
}: Office): Promise<{ readonly heap: number; readonly rows: number }> {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'
  `.execute(database);
  let rows = 0;
  for (const { name } of tables) {
    const { rows: counted } = await sql<{ count: string }>`select count(*) from ${sql.table(name)}`.execute(
      database,
    );
    rows += Number(counted[0]?.count ?? 0);
  }
  return { heap: process.memoryUsage().heapUsed, rows };
}

describe(`a day of ${DAY.sellers} people who take over ${DAY.hours * DAY.clients} clients`, () => {
  const random = randomFrom(7);
  /** Measured after each hour. */
  const left: { readonly heap: number; readonly rows: number }[] = [];
  let office: Office;
  let sellers: readonly number[];
  beforeAll(async () => {
    office = await installedOffice({ size: DAY.sellers + 12 });
    const { crm, chat } = office.world;
    const settings = { standInOwners: [String(NOBODY)], claims: { deals: 'always' } };
    await office.ask(ADMIN, 'PUT /own-settings', settings, '"0"');
    chat.channels.splice(1);
    sellers = [...crm.users.values()]
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
  });
  afterAll(() => office.open.close());

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
    if (office.world.crm.contacts.get(contactId)?.responsibleUserId !== NOBODY && random() < 0.8) return;
    office.world.crm.assignContact(who, contactId, who);
    // The page has died. The server looks at the claim regardless.
    if (asks && random() < 0.2) return;
    const at = Math.floor(office.world.clock.now() / 1000);
    await office.ask(who, 'POST /claims/told', { claims: [{ ...claim, at, outcome: 'written' }] });
  }
  async function settled(): Promise<void> {
    await office.world.settled();
    while (await office.following.follower.step(patient()));
  }
  async function later(minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed += 1) {
      office.world.clock.advance(MINUTE);
      await settled();
    }
  }

  it.each(Array.from({ length: DAY.hours }, (_, at) => at + 1))(
    'loses nothing in hour %i',
    async hour => {
      const { world } = office;
      const { crm, chat } = world;
      const taken: { readonly contact: number; readonly deal: number }[] = [];
      for (let at = 0; at < DAY.clients; at += 1) {
        const phone = `+7 916 ${String(1_000_000 + hour * DAY.clients + at)}`;
        const { id: contact } = world.clientWrites({ phone });
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
      await later(4);
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
      left.push(await leftIn(office));
    },
    isLong ? 280_000 : 60_000,
  );

  it('leaves a bounded number of rows and bytes for each client', () => {
    const [first, last] = [left[0], left.at(-1)];
    if (!first || !last) throw new Error('The day has no hours');
    const clients = (left.length - 1) * DAY.clients;
    const bytes = (last.heap - first.heap) / clients;
    const rows = (last.rows - first.rows) / clients;
    process.stdout.write(
      `Day: ${DAY.sellers} people, ${left.length * DAY.clients} clients; each leaves ${rows.toFixed(1)} rows and ${Math.round(bytes / 1000)} kB\n`,
    );
    expect(rows).toBeLessThan(MOST_ROWS_A_CLIENT);
    expect(bytes).toBeLessThan(MOST_BYTES_A_CLIENT);
  });

  it('has no waiting claims in the evening, and no rows a week later', async () => {
    const { database } = office.open;
    const waiting = await database
      .selectFrom('claimedClient')
      .selectAll()
      .where('lookAt', 'is not', null)
      .execute();
    expect(waiting).toEqual([]);
    office.world.clock.advance(8 * 24 * 60 * MINUTE);
    await office.following.claims.forget();
    for (const table of ['claim', 'claimedClient'] as const)
      expect(await database.selectFrom(table).select('accountId').execute()).toEqual([]);
  });
});
