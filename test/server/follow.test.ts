/** The chat service follows the CRM, no matter who changed the client there, and with no page of the widget open. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../world/crm.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
let anna: CrmContact;
const patient = (): AbortSignal => new AbortController().signal;

beforeEach(async () => {
  office = await installedOffice();
  const { chat, crm } = office.world;
  await office.ask(ADMIN, 'PUT /own-settings', { standInOwners: [String(NOBODY)] }, '"0"');
  chat.channels.splice(1);
  anna = office.world.clientWrites({ name: 'Анна', phone: '+7 916 000-00-01' });
  crm.assignContact(ADMIN, anna.id, SELLER_A);
  for (const id of await office.following.subscriptions.due())
    await office.following.subscriptions.keep(id, patient());
  await tell();
  office.sent.length = 0;
  expect(chat.contacts.get(String(anna.id))).toMatchObject({ responsibleUserId: String(SELLER_A) });
});
afterEach(() => office.open.close());

/** Reports that the client has a new owner, as a page does after a claim. */
const tell = (): Promise<Response> =>
  office.ask(ADMIN, 'POST /clients/changed', { contact: String(anna.id) });
const copy = () => office.world.chat.contacts.get(String(anna.id));

/** Waits until the CRM has sent its hooks, and works off their hints. */
async function settled(): Promise<void> {
  await office.world.settled();
  while (await office.following.follower.step(patient()));
}
const written = (): readonly string[] =>
  office.sent.filter(one => /^(POST|DELETE) .*wazzup/.test(one) && !one.includes('settings'));

describe('a client', () => {
  it('goes to the employee who was made responsible in the CRM', async () => {
    office.world.crm.assignContact(ADMIN, anna.id, SELLER_B);
    await settled();
    expect(copy()).toMatchObject({ responsibleUserId: String(SELLER_B) });
    expect(written()).toHaveLength(1);
  });

  it('is written once for several hooks, and not at all when nothing has changed', async () => {
    for (const owner of [SELLER_B, HEAD_OF_SALES, SELLER_B])
      office.world.crm.assignContact(ADMIN, anna.id, owner);
    await settled();
    expect(written()).toHaveLength(1);
    office.sent.length = 0;
    await hint();
    await settled();
    expect(written()).toEqual([]);
  });

  it('is deleted there when a stand-in becomes responsible, and comes back with a real responsible', async () => {
    office.world.crm.assignContact(ADMIN, anna.id, NOBODY);
    await settled();
    expect(copy()).toBeUndefined();
    office.world.crm.assignContact(ADMIN, anna.id, SELLER_B);
    await settled();
    expect(copy()).toMatchObject({
      responsibleUserId: String(SELLER_B),
      contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
    });
  });

  it('is deleted there when their responsible has left the company', async () => {
    const left = office.world.crm.users.get(SELLER_A);
    if (left) left.isActive = false;
    await hint();
    await settled();
    expect(copy()).toBeUndefined();
  });

  it('is deleted there when the CRM deletes them', async () => {
    office.world.crm.deleteContact(ADMIN, anna.id);
    await settled();
    expect(copy()).toBeUndefined();
  });

  it('that the chat service got from another source is left alone', async () => {
    const other = office.world.crm.addContact('Борис', ['+7 916 000-00-09'], SELLER_A);
    const theirs = {
      id: String(other.id),
      responsibleUserId: String(SELLER_A),
      name: 'Борис',
      contactData: [{ chatType: 'whatsapp', chatId: '79160000009' }],
    };
    office.world.chat.contacts.set(String(other.id), theirs);
    office.world.crm.assignContact(ADMIN, other.id, SELLER_B);
    await settled();
    expect(office.world.chat.contacts.get(String(other.id))).toEqual(theirs);
    expect(office.sent).toEqual([]);
  });
});

describe('the numbers of a client', () => {
  const identities = () => copy()?.contactData.map(({ chatType, chatId }) => `${chatType} ${chatId}`);

  it('follow the card, and identities that the chat service added stay', async () => {
    const there = copy();
    if (!there) throw new Error('The client is known there');
    const contactData = [...there.contactData, { chatType: 'telegram', chatId: '4711' }];
    office.world.chat.contacts.set(there.id, { ...there, contactData });
    await hint();
    await settled();
    anna.phones.splice(0, anna.phones.length, '8 (916) 000-00-07 доб. 3');
    await hint();
    await settled();
    expect(identities()).toEqual(['telegram 4711', 'whatsapp 79160000007']);
    anna.phones.splice(0, anna.phones.length, '+7 916 000-00-08');
    await hint();
    await settled();
    expect(identities()).toEqual(['telegram 4711', 'whatsapp 79160000008']);
  });

  it('that the chat service added itself stay when they leave the card, even after a change of owner', async () => {
    const other = office.world.clientWrites({ name: 'Борис', phone: '+7 916 000-00-05' });
    const id = String(other.id);
    const contactData = [{ chatType: 'whatsapp', chatId: '79160000005' }];
    office.world.chat.contacts.set(id, {
      id,
      name: 'Борис',
      responsibleUserId: String(SELLER_A),
      contactData,
    });
    office.world.crm.assignContact(ADMIN, other.id, SELLER_B);
    await office.ask(ADMIN, 'POST /clients/changed', { contact: id });
    expect(office.world.chat.contacts.get(id)).toMatchObject({ responsibleUserId: String(SELLER_B) });
    other.phones.splice(0, other.phones.length, '+7 916 000-00-06');
    await office.ask(ADMIN, 'POST /clients/changed', { contact: id });
    expect(office.world.chat.contacts.get(id)?.contactData).toEqual([
      ...contactData,
      { chatType: 'whatsapp', chatId: '79160000006' },
    ]);
  });

  it('become identities of each messenger in which a channel of the account finds people by phone', async () => {
    const [channel] = office.world.chat.channels;
    if (!channel) throw new Error('The account has a channel');
    office.world.chat.channels.push(
      { ...channel, channelId: 't-1', transport: 'tgapi' },
      { ...channel, channelId: 'b-1', transport: 'telegram' },
      { ...channel, channelId: 'v-1', transport: 'viber' },
    );
    anna.phones.push('+7 916 000-00-09');
    await tell();
    expect(copy()?.contactData).toEqual([
      { chatType: 'whatsapp', chatId: '79160000001' },
      { chatType: 'whatsapp', chatId: '79160000009' },
      { chatType: 'telegram', phone: '79160000009' },
      { chatType: 'viber', chatId: '79160000009' },
    ]);
  });
});

describe('a hook', () => {
  it('that was lost is replaced by the CRM’s own log', async () => {
    office.world.crm.hooks
      .all()
      .forEach(({ destination }) => office.world.crm.hooks.unsubscribe(destination));
    office.world.crm.assignContact(ADMIN, anna.id, SELLER_B);
    await settled();
    expect(copy()).toMatchObject({ responsibleUserId: String(SELLER_A) });
    const { reconciling } = office.following;
    for (const id of await reconciling.due()) await reconciling.reconcile(id, patient());
    await settled();
    expect(copy()).toMatchObject({ responsibleUserId: String(SELLER_B) });
  });

  it('is subscribed again only when the CRM has switched it off', async () => {
    const { subscriptions } = office.following;
    const [hook] = office.world.crm.hooks.all();
    await subscriptions.keep(await accountId(), patient());
    expect(office.sent.filter(one => one.startsWith('POST'))).toEqual([]);
    if (hook) hook.disabled = true;
    await subscriptions.keep(await accountId(), patient());
    expect(office.sent.filter(one => one.startsWith('POST'))).toHaveLength(1);
    expect(office.world.crm.hooks.all()).toHaveLength(1);
  });

  it.each([
    ['to an address that the server never gave out', async () => `/hooks/amocrm/${'x'.repeat(43)}`, 404],
    ['to a malformed address', async () => '/hooks/amocrm/short', 403],
  ])('%s is refused', async (_which, path, status) => {
    const sent = await office.app(
      new Request(`https://server.invalid${await path()}`, {
        method: 'POST',
        body: 'contacts[update][0][id]=1',
      }),
    );
    expect(sent.status).toBe(status);
  });

  it('that names another account changes nothing', async () => {
    const address = office.world.crm.hooks.all()[0]?.destination ?? '';
    office.world.crm.hooks
      .all()
      .forEach(({ destination }) => office.world.crm.hooks.unsubscribe(destination));
    office.world.crm.assignContact(ADMIN, anna.id, SELLER_B);
    const body = `contacts[update][0][id]=${anna.id}&account[id]=999`;
    expect((await office.app(new Request(address, { method: 'POST', body }))).status).toBe(200);
    await settled();
    expect(copy()).toMatchObject({ responsibleUserId: String(SELLER_A) });
  });
});

const accountId = async (): Promise<string> =>
  (await office.open.database.selectFrom('account').select('id').executeTakeFirstOrThrow()).id;
const hint = async (): Promise<void> =>
  office.following.lanes.hint(await accountId(), [`contact ${anna.id}`], 'live');
