/** The check that compares everything that the chat service knows about an account with the CRM. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { accountIdOf, checkedIn } from './checked.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
const patient = (): AbortSignal => new AbortController().signal;

beforeEach(async () => {
  office = await installedOffice();
  await office.ask(ADMIN, 'PUT /own-settings', { standInOwners: [String(NOBODY)] }, '"0"');
});
afterEach(() => office.open.close());

/** Clients that pages sent to the chat service before this server followed the account. */
function told(howMany: number, responsible = SELLER_A): readonly number[] {
  const { chat, crm } = office.world;
  return Array.from({ length: howMany }, (_, at) => {
    const phone = `7916${String(1_000_000 + at)}`;
    const { id } = crm.addContact(`Клиент ${at}`, [`+${phone}`], responsible);
    chat.contacts.set(String(id), {
      id: String(id),
      responsibleUserId: String(responsible),
      name: `Клиент ${at}`,
      contactData: [{ chatType: 'whatsapp', chatId: phone }],
      uri: `${crm.account.origin}/contacts/detail/${id}`,
    });
    return id;
  });
}
const accountId = (): Promise<string> => accountIdOf(office);
const checked = (): Promise<unknown> => checkedIn(office);
const ownerOf = (id: number) => office.world.chat.contacts.get(String(id))?.responsibleUserId;
/** Changes a client in the chat service without a hook or an entry in the log. */
const breakAt = (id: number, responsible: number): void => {
  const there = office.world.chat.contacts.get(String(id));
  if (there) office.world.chat.contacts.set(there.id, { ...there, responsibleUserId: String(responsible) });
};

describe('a check of all clients', () => {
  it('reports that both sides agree', async () => {
    told(120);
    expect(await checked()).toMatchObject({ known: 120, waiting: 0, failed: 0, held: 0 });
    expect(office.sent.filter(one => /^(POST|DELETE) .*v3\/contacts/.test(one))).toEqual([]);
  });

  it('changes nothing the first time, until an administrator has seen the number', async () => {
    const [first = 0] = told(3);
    breakAt(first, SELLER_B);
    expect(await checked()).toMatchObject({ known: 3, held: 1 });
    expect(ownerOf(first)).toBe(String(SELLER_B));
    expect((await office.ask(ADMIN, 'POST /clients/release')).status).toBe(202);
    expect(await checked()).toMatchObject({ known: 3, held: 0 });
    expect(ownerOf(first)).toBe(String(SELLER_A));
  });

  it('finds and corrects differences that no hook reported, and counts the correct clients', async () => {
    const [, second = 0] = told(3);
    expect(await checked()).toMatchObject({ known: 3, right: 3 });
    breakAt(second, SELLER_B);
    expect(await checked()).toMatchObject({ known: 3, right: 2 });
    expect(ownerOf(second)).toBe(String(SELLER_A));
    expect(await checked()).toMatchObject({ known: 3, right: 3 });
  });

  it('names the clients that the chat service refuses, and why, until it accepts them', async () => {
    const [first = 0] = told(1);
    await checked();
    breakAt(first, SELLER_B);
    office.world.disturbances.add(/^POST \/v3\/contacts/, 'no-rights-244', 10);
    const { checking, lanes, follower } = office.following;
    await checking.check(await accountId(), patient());
    for (let tries = 0; tries < 10; tries += 1) {
      await sql`update lane set due_at = now()`.execute(office.open.database);
      await follower.step(patient());
    }
    expect(await (await office.ask(ADMIN, 'GET /clients')).json()).toMatchObject({
      failed: 1,
      notTold: [{ kind: 'contact', id: String(first), reason: 'refused' }],
    });
    await lanes.revive(await accountId());
    expect(await checked()).toMatchObject({ failed: 0, notTold: [] });
    expect(ownerOf(first)).toBe(String(SELLER_A));
  });

  it('asks before it removes many clients', async () => {
    const ids = told(40);
    await checked();
    await office.ask(
      ADMIN,
      'PUT /own-settings',
      { standInOwners: [String(NOBODY), String(SELLER_A)] },
      '"1"',
    );
    expect(await checked()).toMatchObject({ held: 40 });
    expect(ids.map(ownerOf)).toEqual(ids.map(() => String(SELLER_A)));
  });

  it('does not touch clients that another system has sent', async () => {
    const [mine = 0, theirs = 0] = told(2);
    const there = office.world.chat.contacts.get(String(theirs));
    if (there) office.world.chat.contacts.set(there.id, { ...there, uri: 'https://other.example/1' });
    breakAt(theirs, SELLER_B);
    await checked();
    breakAt(mine, SELLER_B);
    await checked();
    expect([ownerOf(mine), ownerOf(theirs)]).toEqual([String(SELLER_A), String(SELLER_B)]);
  });

  it('removes no clients if a list is incomplete', async () => {
    told(3);
    await checked();
    office.world.disturbances.add(/GET \/api\/v4\/contacts/, 'server-error');
    const before = office.world.chat.contacts.size;
    await checked();
    expect(office.world.chat.contacts.size).toBe(before);
  });

  it('is only for administrators', async () => {
    for (const route of ['GET /clients', 'POST /clients/check', 'POST /clients/release'])
      expect((await office.ask(SELLER_A, route)).status).toBe(403);
  });
});

it('a check starts again with another chat account, and earlier agreements do not apply to it', async () => {
  told(1);
  office.world.crm.addContact('Борис', ['+7 916 000-00-02'], SELLER_B);
  await checked();
  await office.ask(ADMIN, 'POST /clients/release');
  expect(await checked()).toMatchObject({ sending: true, unsent: 1, known: 1 });
  const other = [...office.world.chat.keys].find(([, kind]) => kind === 'v3')?.[0];
  await office.ask(ADMIN, 'PUT /connection', { key: other, replaces: true });
  const clients = await (await office.ask(ADMIN, 'GET /clients')).json();
  expect(clients).toMatchObject({ sending: false, known: null, checkedAt: null, pipelines: null });
});

describe('clients that the chat service does not know', () => {
  const add = (name: string, phone: string, responsible: number) =>
    office.world.crm.addContact(name, [phone], responsible);

  it('are counted, and sent after an administrator has agreed', async () => {
    const anna = add('Анна', '8 (916) 000-00-01', SELLER_A);
    add('Без номера', 'спросить у секретаря', SELLER_A);
    add('Ничья', '+7 916 000-00-03', NOBODY);
    const deal = office.world.crm.addLead('Двери', [anna.id], SELLER_B);
    expect(await checked()).toMatchObject({ known: 0, unsent: 1, notNumbers: 1, sending: false });
    expect(await checked()).toMatchObject({ unsent: 1 });
    expect(office.world.chat.contacts.size).toBe(0);
    await office.ask(ADMIN, 'POST /clients/release');
    await checked();
    expect(await checked()).toMatchObject({ known: 1, right: 1, unsent: 0, notNumbers: 1, sending: true });
    expect([...office.world.chat.contacts.values()]).toMatchObject([
      {
        id: String(anna.id),
        responsibleUserId: String(SELLER_A),
        contactData: [{ chatId: '79160000001' }, {}],
      },
    ]);
    expect([...office.world.chat.deals.keys()]).toEqual([String(deal.id)]);
  });

  it('are sent because of the CRM’s hooks only after that', async () => {
    const { subscriptions } = office.following;
    await subscriptions.keep(await accountId(), patient());
    const settled = async (): Promise<void> => {
      await office.world.settled();
      while (await office.following.follower.step(patient()));
    };
    const early = add('Анна', '+7 916 000-00-01', SELLER_A);
    await settled();
    expect(ownerOf(early.id)).toBeUndefined();
    await office.ask(ADMIN, 'POST /clients/release');
    const late = add('Борис', '+7 916 000-00-02', SELLER_B);
    await settled();
    expect([ownerOf(early.id), ownerOf(late.id)]).toEqual([undefined, String(SELLER_B)]);
    await checked();
    expect(ownerOf(early.id)).toBe(String(SELLER_A));
  });

  it('are not touched if another system has sent them', async () => {
    const theirs = add('Анна', '+7 916 000-00-01', SELLER_A);
    const there = {
      id: String(theirs.id),
      responsibleUserId: String(SELLER_B),
      name: 'Anna',
      contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
    };
    office.world.chat.contacts.set(there.id, there);
    await office.ask(ADMIN, 'POST /clients/release');
    await checked();
    await office.following.lanes.hint(await accountId(), [`contact ${there.id}`], 'live');
    while (await office.following.follower.step(patient()));
    expect(office.world.chat.contacts.get(there.id)).toEqual(there);
  });
});
