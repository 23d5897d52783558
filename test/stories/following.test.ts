/**
 * A change of a client in the CRM reaches everybody's chats by itself, with every page of ours closed. Only the chat service's
 * own windows are open.
 */
import { request } from 'node:http';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tokenFor } from '../mocks/amocrm/token.ts';
import { chatWindowAddress } from '../sandbox/chat-site.ts';
import type { CrmContact } from '../world/crm.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

/** The CRM's hooks arrive within a second. */
const SOON = { timeout: 2000, interval: 25 };
/** All three receive new clients. */
const PEOPLE = [
  ['seller-a', SELLER_A],
  ['seller-b', SELLER_B],
  ['office', HEAD_OF_SALES],
] as const;

const browser = stages();
let stage: Stage;
let windows: readonly Page[];
let office: BrowserContext;
beforeAll(async () => {
  stage = await browser.stage();
  connected(stage);
  stage.follow();
  const { chat } = stage.world;
  const userRoles = PEOPLE.map(([, person]) => ({
    channelId: SALES_CHANNEL,
    userId: String(person),
    role: 'seller' as const,
    allowGetNewClients: true,
  }));
  chat.settings = { ...chat.settings, userRoles };
  windows = await Promise.all(
    PEOPLE.map(async ([name, person]) => {
      const page = await stage.open(name);
      await page.goto((await chatWindowAddress(stage.world, person)) ?? '');
      return page;
    }),
  );
  const [, , head] = windows;
  if (head) office = head.context();
});
afterAll(() => stage.close());

let made = 0;
let client: CrmContact;
beforeEach(async () => {
  client = await taken();
  await expect.poll(seers, SOON).toEqual(ONLY_A);
});

/** A has taken a client who wrote, and the server was notified. */
async function taken(owner: number = SELLER_A): Promise<CrmContact> {
  made += 1;
  const phone = `+7 916 000-00-${String(made).padStart(2, '0')}`;
  const one = stage.world.clientWrites({ name: `Клиент №${made}`, phone });
  stage.world.crm.assignContact(owner, one.id, owner);
  const status = await asked('/clients/changed', owner, { contact: String(one.id) });
  expect(status).toBe(200);
  return one;
}

/** Sends a request as a page does. */
async function asked(path: string, person: number, body: object = {}): Promise<number> {
  const user = stage.world.crm.users.get(person);
  if (!user) throw new Error('There is no such user');
  const headers = {
    Origin: stage.world.crm.account.origin,
    'X-Auth-Token': await tokenFor(stage.world, user),
  };
  return sent('POST', stage.gatewayAddress + path, headers, body);
}

/** Changes several contacts in one request, as another program does. */
async function changed(contacts: readonly object[]): Promise<void> {
  const cookies = await office.cookies(stage.officeAddress);
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  expect(await sent('PATCH', `${stage.officeAddress}api/v4/contacts`, { Cookie }, contacts)).toBe(200);
}

/** Browsers resolve names under localhost to this machine; Node does not. */
function sent(
  method: string,
  address: string,
  headers: Record<string, string>,
  body: object,
): Promise<number> {
  const { host, port, pathname } = new URL(address);
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port, path: pathname, method };
    const asking = request(
      { ...to, headers: { ...headers, Host: host, 'Content-Type': 'application/json' } },
      answer => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asking.once('error', reject);
    asking.end(JSON.stringify(body));
  });
}

/** Which of the three have the chat in their window. */
const seers = (name = client.name): Promise<readonly boolean[]> =>
  Promise.all(
    windows.map(async page => (await page.getByRole('listitem').filter({ hasText: name }).count()) > 0),
  );
const EVERYBODY = [true, true, true];
const ONLY_A = [true, false, false];
const ONLY_B = [false, true, false];

describe('a client of A', () => {
  it('is shown to B after a change in the card’s own field', async () => {
    stage.world.crm.assignContact(ADMIN, client.id, SELLER_B);
    await expect.poll(seers, SOON).toEqual(ONLY_B);
  });

  it('is shown to B after a change of several clients in a list', async () => {
    const all = [client, await taken(), await taken()];
    await changed(all.map(({ id }) => ({ id, responsible_user_id: SELLER_B })));
    for (const { name } of all) await expect.poll(() => seers(name), SOON).toEqual(ONLY_B);
  });

  it('is shown to B after a change by a bot', async () => {
    await changed([{ id: client.id, responsible_user_id: SELLER_B, updated_by: 0 }]);
    expect(client.updatedBy).toBe(0);
    await expect.poll(seers, SOON).toEqual(ONLY_B);
  });

  it('is shown to all who receive new clients after a change to the stand-in owner', async () => {
    stage.world.crm.assignContact(ADMIN, client.id, NOBODY);
    await expect.poll(seers, SOON).toEqual(EVERYBODY);
  });

  it('is shown to all who receive new clients after the CRM has deleted the contact', async () => {
    stage.world.crm.deleteContact(ADMIN, client.id);
    await expect.poll(seers, SOON).toEqual(EVERYBODY);
  });

  it('has the chat of the corrected number, and no longer the chat of the old one', async () => {
    const { chat, crm } = stage.world;
    chat.receive({ channelId: SALES_CHANNEL, chatId: '79161112233', name: 'Другой номер', text: 'Это я' });
    stage.world.changed();
    await expect.poll(() => seers('Другой номер'), SOON).toEqual(EVERYBODY);
    crm.changeContact(ADMIN, client.id, { phones: ['+7 916 111-22-33'] });
    await expect.poll(() => seers('Другой номер'), SOON).toEqual(ONLY_A);
    await expect.poll(seers, SOON).toEqual(EVERYBODY);
  });

  it('is shown to B after a merge into B’s client, who now has the number', async () => {
    const { crm } = stage.world;
    const other = await taken(SELLER_B);
    const phones = [...other.phones, ...client.phones];
    crm.deleteContact(ADMIN, client.id);
    crm.changeContact(ADMIN, other.id, { phones });
    await expect.poll(seers, SOON).toEqual(ONLY_B);
  });

  it('is shown to all after A has left and a check has run, because the CRM has no hook for employees', async () => {
    const a = stage.world.crm.users.get(SELLER_A);
    if (!a) throw new Error('A works here');
    await asked('/clients/check', ADMIN);
    a.isActive = false;
    await asked('/clients/check', ADMIN);
    await expect.poll(seers, SOON).toEqual(EVERYBODY);
    a.isActive = true;
  });
});
