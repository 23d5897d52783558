/** What a seller who sends requests of their own may see of clients, and what their reports about clients cause. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/outcome.ts';
import type { CrmContact } from '../world/crm.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
let anna: CrmContact;
beforeEach(async () => {
  office = await installedOffice();
  const { chat, crm } = office.world;
  chat.settings.userRoles = [SELLER_A, SELLER_B].map(userId => ({
    channelId: SALES_CHANNEL,
    userId: String(userId),
    role: 'seller' as const,
    allowGetNewClients: false,
  }));
  anna = office.world.clientWrites({ name: 'Анна' });
  crm.assignContact(ADMIN, anna.id, SELLER_A);
  chat.contacts.set(String(anna.id), copyOf(SELLER_A));
  office.sent.length = 0;
});
afterEach(() => office.open.close());

const copyOf = (responsible: number) => ({
  id: String(anna.id),
  responsibleUserId: String(responsible),
  name: 'Анна',
  contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
});
const changed = (who: number, contact: number | string, ...deals: readonly number[]) =>
  office.ask(who, 'POST /clients/changed', { contact: String(contact), deals: deals.map(String) });
const kept = () => office.world.chat.contacts.get(String(anna.id));
const sightOf = (who: number, view: 'A' | 'G' | 'M' | 'D'): void => {
  const user = office.world.crm.users.get(who);
  if (user) user.contacts.view = view;
};

describe('a client', () => {
  it.each([
    ['their own, to a seller who sees only theirs', SELLER_A, 'M', 200],
    ["a colleague's, to one who sees all clients", SELLER_B, 'A', 200],
    ["a colleague's of the same group", SELLER_B, 'G', 200],
    ["a colleague's, to one who sees only theirs", SELLER_B, 'M', 404],
    ['to one who sees no clients', SELLER_B, 'D', 404],
  ] as const)('is shown, %s, as the CRM shows it', async (_which, who, view, status) => {
    sightOf(who, view);
    expect((await office.ask(who, `GET /v3/contacts/${anna.id}`)).status).toBe(status);
  });

  it('is not looked up for a seller who may not see them', async () => {
    sightOf(SELLER_B, 'M');
    const route = `GET /clients/${anna.id}/others`;
    expect(await outcomeOf(await office.ask(SELLER_B, route))).toEqual([404, 'NOT_SEEN']);
    expect(office.sent.filter(one => one.includes('wazzup'))).toEqual([]);
    expect((await office.ask(SELLER_A, route)).status).toBe(200);
  });

  it('is not shown to an employee who has left', async () => {
    const left = office.world.crm.users.get(SELLER_B);
    if (left) left.isActive = false;
    const answer = await office.ask(SELLER_B, `GET /v3/contacts/${anna.id}`);
    expect(await outcomeOf(answer)).toEqual([404, 'NOT_SEEN']);
  });

  it('that is missing in the CRM cannot be found by trying ids', async () => {
    office.world.chat.contacts.set('77', { ...copyOf(SELLER_A), id: '77' });
    const answer = await office.ask(SELLER_B, 'GET /v3/contacts/77');
    expect(await outcomeOf(answer)).toEqual([404, 'NOT_SEEN']);
  });
});

describe('a seller', () => {
  it('can report a client that they took over in the CRM, and the chat service gets the new owner', async () => {
    office.world.crm.assignContact(SELLER_B, anna.id, SELLER_B);
    const answer = await changed(SELLER_B, anna.id);
    expect(await answer.json()).toMatchObject({ kind: 'known', ownerId: String(SELLER_B) });
    expect(kept()).toMatchObject({ responsibleUserId: String(SELLER_B) });
  });

  it("does not get a colleague's chat by saying that the client has changed hands", async () => {
    expect((await changed(SELLER_B, anna.id)).status).toBe(200);
    expect(kept()).toMatchObject({ responsibleUserId: String(SELLER_A) });
  });

  it('cannot keep a chat by writing a client’s id in another way', async () => {
    await changed(SELLER_A, anna.id);
    expect((await changed(SELLER_A, `0${anna.id}`)).status).toBe(400);
    expect((await office.ask(SELLER_A, `GET /claims?contact=0${anna.id}`)).status).toBe(404);
    office.world.crm.assignContact(ADMIN, anna.id, SELLER_B);
    await changed(SELLER_B, anna.id);
    expect(office.world.chat.threadsOf(String(SELLER_A))).toEqual([]);
  });

  it('gets no chat by reporting an invented client', async () => {
    expect(await outcomeOf(await changed(SELLER_B, '987654'))).toEqual([404, 'NOT_SEEN']);
    expect([...office.world.chat.contacts.keys()]).toEqual([String(anna.id)]);
  });

  it("gets no colleague's chat by reporting a deal of their own", async () => {
    const other = office.world.crm.addContact('Борис', ['+7 916 000-00-02'], SELLER_B);
    const own = office.world.crm.addLead('Двери', [other.id], SELLER_B);
    expect((await changed(SELLER_B, anna.id, own.id, 987_654)).status).toBe(200);
    expect([...office.world.chat.deals.keys()]).toEqual([]);
    expect((await changed(SELLER_B, other.id, own.id)).status).toBe(200);
    expect(office.world.chat.deals.get(String(own.id))).toMatchObject({ contacts: [String(other.id)] });
  });

  it('learns nothing about clients that they may not see, but the known ones are updated', async () => {
    await changed(SELLER_A, anna.id);
    office.world.crm.assignContact(ADMIN, anna.id, HEAD_OF_SALES);
    sightOf(SELLER_B, 'M');
    const unknown = office.world.crm.addContact('Борис', ['+7 916 000-00-02'], SELLER_A);
    const answers = await Promise.all([anna.id, unknown.id, 987_654].map(id => changed(SELLER_B, id)));
    const texts = await Promise.all(answers.map(answer => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    while (await office.following.follower.step(new AbortController().signal));
    expect(kept()).toMatchObject({ responsibleUserId: String(HEAD_OF_SALES) });
    expect(office.world.chat.contacts.has(String(unknown.id))).toBe(false);
  });

  it('without a chat role cannot send a new client, but can have a known one updated', async () => {
    office.world.chat.settings.userRoles = [];
    expect(await outcomeOf(await changed(SELLER_A, anna.id))).toEqual([403, 'ROLE_REQUIRED']);
    expect((await changed(ADMIN, anna.id)).status).toBe(200);
    office.world.crm.assignContact(SELLER_A, anna.id, SELLER_B);
    expect((await changed(SELLER_A, anna.id)).status).toBe(200);
    expect(kept()).toMatchObject({ responsibleUserId: String(SELLER_B) });
  });

  it('who gave a client back no longer has the chat, nor the deals without an owner', async () => {
    const deal = office.world.crm.addLead('Двери', [anna.id], SELLER_A);
    await changed(SELLER_A, anna.id, deal.id);
    expect(office.world.chat.deals.size).toBe(1);
    await office.ask(ADMIN, 'PUT /own-settings', { standInOwners: [String(NOBODY)] }, '"0"');
    office.world.crm.assignContact(SELLER_A, anna.id, NOBODY);
    deal.responsibleUserId = NOBODY;
    expect(await (await changed(SELLER_A, anna.id)).json()).toEqual({ kind: 'free' });
    while (await office.following.follower.step(new AbortController().signal));
    expect([kept(), office.world.chat.deals.size]).toEqual([undefined, 0]);
  });

  it.each([
    [{ contact: '1/../2' }],
    [{ contact: '' }],
    [{ contact: 7 }],
    [{}],
    [[]],
    [{ contact: '7', ownerId: '7' }],
  ])('who reports %j gets BODY_INVALID', async body => {
    const answer = await office.ask(SELLER_A, 'POST /clients/changed', body);
    expect(await outcomeOf(answer)).toEqual([400, 'BODY_INVALID']);
  });

  it('waits while another request updates the client, and gets the later result', async () => {
    await changed(SELLER_A, anna.id);
    const { lanes } = office.following;
    const { id } = await office.open.database.selectFrom('account').select('id').executeTakeFirstOrThrow();
    const busy = await lanes.takeOne(id, `contact ${anna.id}`);
    office.world.crm.assignContact(ADMIN, anna.id, SELLER_B);
    const waiting = changed(SELLER_A, anna.id);
    await expect.poll(() => lanes.takeOne(id, `contact ${anna.id}`)).toBeNull();
    expect(kept()).toMatchObject({ responsibleUserId: String(SELLER_A) });
    if (busy) await lanes.done(busy);
    expect(await (await waiting).json()).toMatchObject({ kind: 'known', ownerId: String(SELLER_B) });
  });
});

it('a second client with the same number is found from the cards, and its owner is named', async () => {
  const twin = office.world.crm.addContact('Анна (дубль)', ['8 916 000-00-01'], SELLER_B);
  const stranger = office.world.crm.addContact('Борис', ['+7 916 000-00-02'], HEAD_OF_SALES);
  for (const { id } of [anna, twin, stranger]) await changed(ADMIN, id);
  const others = await office.ask(SELLER_A, `GET /clients/${anna.id}/others`);
  expect(await others.json()).toEqual([{ ownerId: String(SELLER_B) }]);
  sightOf(SELLER_B, 'M');
  const hidden = await office.ask(SELLER_B, `GET /clients/${anna.id}/others`);
  expect(await outcomeOf(hidden)).toEqual([404, 'NOT_SEEN']);
});

describe('a CRM that does not answer', () => {
  it.each(['cut', 'forbidden-html', 'server-error'] as const)(
    'reveals nothing after the fault "%s"',
    async fault => {
      office.world.disturbances.add(new RegExp(`GET /api/v4/contacts/${anna.id}`), fault);
      const answer = await office.ask(SELLER_B, `GET /v3/contacts/${anna.id}`);
      expect(await outcomeOf(answer)).toEqual([502, 'CRM_UNREACHABLE']);
    },
  );

  it('asks for an administrator if no grant is valid, and nothing is written', async () => {
    const { crm } = office.world;
    crm.oauth.revoke({ integrationUuid: crm.integration.uuid });
    await office.open.database.updateTable('crmGrant').set({ isDead: true }).execute();
    expect(await outcomeOf(await changed(SELLER_A, anna.id))).toEqual([409, 'CRM_NEEDS_REAUTH']);
  });
});
