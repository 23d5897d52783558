/** What a seller with a program of their own may see of clients, and tell the chat service about them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf } from '../unit/outcome.ts';
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

const WHATSAPP = [{ chatType: 'whatsapp', chatId: '79160000001' }];
const copyOf = (responsible: number, contactData: { chatType: string; chatId: string }[] = WHATSAPP) => ({
  id: String(anna.id),
  responsibleUserId: String(responsible),
  name: 'Анна',
  contactData,
});
const write = (who: number, body: unknown, route = 'POST /v3/contacts') => office.ask(who, route, body);
const kept = () => office.world.chat.contacts.get(String(anna.id));
const sightOf = (who: number, view: 'A' | 'G' | 'M' | 'D'): void => {
  const user = office.world.crm.users.get(who);
  if (user) user.contacts.view = view;
};

describe('a client', () => {
  it.each([
    ['their own, to a seller who sees only theirs', SELLER_A, 'M', 200],
    ["a colleague's, to one who sees everybody's", SELLER_B, 'A', 200],
    ["a colleague's of the same group", SELLER_B, 'G', 200],
    ["a colleague's, to one who sees only theirs", SELLER_B, 'M', 404],
    ['to one who sees nobody', SELLER_B, 'D', 404],
  ] as const)('is shown, %s, as the CRM shows it', async (_which, who, view, status) => {
    sightOf(who, view);
    expect((await office.ask(who, `GET /v3/contacts/${anna.id}`)).status).toBe(status);
  });

  it('is shown to nobody who has left', async () => {
    const left = office.world.crm.users.get(SELLER_B);
    if (left) left.isActive = false;
    const answer = await office.ask(SELLER_B, `GET /v3/contacts/${anna.id}`);
    expect(await outcomeOf(answer)).toEqual([404, 'NOT_SEEN']);
  });

  it('that the CRM does not have is not to be found by counting', async () => {
    office.world.chat.contacts.set('77', { ...copyOf(SELLER_A), id: '77' });
    const answer = await office.ask(SELLER_B, 'GET /v3/contacts/77');
    expect(await outcomeOf(answer)).toEqual([404, 'NOT_SEEN']);
  });
});

describe('a seller', () => {
  it('tells the chat service of a client whom they took over in the CRM', async () => {
    office.world.crm.assignContact(SELLER_B, anna.id, SELLER_B);
    expect((await write(SELLER_B, [copyOf(SELLER_B)])).status).toBe(200);
    expect(kept()).toMatchObject({ responsibleUserId: String(SELLER_B) });
  });

  it('does not get a chat by an invented client, nor by an invented deal', async () => {
    const invented = { ...copyOf(SELLER_B), id: '987654' };
    expect(await outcomeOf(await write(SELLER_B, [invented]))).toEqual([409, 'NOT_AS_IN_CRM']);
    const deal = {
      id: '987654',
      responsibleUserId: String(SELLER_B),
      name: 'Двери',
      uri: 'https://crm.amocrm.ru/leads/detail/987654',
      contacts: [String(anna.id)],
      closed: false,
    };
    expect(await outcomeOf(await write(SELLER_B, [deal], 'POST /v3/deals'))).toEqual([409, 'NOT_AS_IN_CRM']);
    expect([...office.world.chat.contacts.keys(), ...office.world.chat.deals.keys()]).toEqual([
      String(anna.id),
    ]);
  });

  it("does not get a colleague's chat by saying that the client is theirs", async () => {
    expect((await write(SELLER_B, [copyOf(SELLER_B)])).status).toBe(200);
    expect(kept()).toMatchObject({ responsibleUserId: String(SELLER_A) });
  });

  it("does not get a colleague's chat by a deal of their own that names the colleague's client", async () => {
    const other = office.world.crm.addContact('Борис', ['+7 916 000-00-02'], SELLER_B);
    const { id } = office.world.crm.addLead('Двери', [other.id], SELLER_B);
    office.world.chat.contacts.set(String(other.id), { ...copyOf(SELLER_B), id: String(other.id) });
    const deal = {
      id: String(id),
      responsibleUserId: String(SELLER_B),
      name: 'Двери',
      uri: `https://crm.amocrm.ru/leads/detail/${id}`,
      contacts: [String(anna.id)],
      closed: false,
    };
    expect((await write(SELLER_B, [deal], 'POST /v3/deals')).status).toBe(200);
    expect(office.world.chat.deals.get(String(id))).toMatchObject({ contacts: [String(other.id)] });
  });

  it('sends nothing of a list in which one is not to be seen', async () => {
    const own = office.world.crm.addContact('Борис', ['+7 916 000-00-02'], SELLER_B);
    sightOf(SELLER_B, 'M');
    const list = [{ ...copyOf(SELLER_B), id: String(own.id) }, copyOf(SELLER_B)];
    expect(await outcomeOf(await write(SELLER_B, list))).toEqual([409, 'NOT_AS_IN_CRM']);
    expect(office.world.chat.contacts.has(String(own.id))).toBe(false);
  });

  it('hides no chat from its owner by dropping what the service knows the client by', async () => {
    const telegram = { chatType: 'telegram', chatId: '1234' };
    expect((await write(SELLER_B, [copyOf(SELLER_A, [telegram])])).status).toBe(200);
    expect(kept()).toEqual(copyOf(SELLER_A, [telegram, ...WHATSAPP]));
  });

  it('gives back their own client, and nobody else’s', async () => {
    const route = `DELETE /v3/contacts/${anna.id}`;
    expect(await outcomeOf(await office.ask(SELLER_B, route))).toEqual([409, 'NOT_AS_IN_CRM']);
    office.world.crm.assignContact(SELLER_A, anna.id, NOBODY);
    expect((await office.ask(SELLER_A, route)).status).toBe(200);
    expect(kept()).toBeUndefined();
  });

  it('forgets a client whom the CRM has deleted', async () => {
    office.world.crm.deleteContact(ADMIN, anna.id);
    expect((await office.ask(SELLER_B, `DELETE /v3/contacts/${anna.id}`)).status).toBe(200);
  });
});

describe('an administrator', () => {
  it('brings a whole list up to date without a question to the CRM', async () => {
    expect((await write(ADMIN, [copyOf(HEAD_OF_SALES)])).status).toBe(200);
    expect(office.sent.filter(one => one.includes('amocrm.ru'))).toEqual([]);
  });
});

describe('a CRM that does not answer', () => {
  it.each(['cut', 'forbidden-html', 'server-error'] as const)('under "%s" opens nothing', async fault => {
    office.world.disturbances.add(new RegExp(`GET /api/v4/contacts/${anna.id}`), fault);
    const answer = await office.ask(SELLER_B, `GET /v3/contacts/${anna.id}`);
    expect(await outcomeOf(answer)).toEqual([502, 'CRM_UNREACHABLE']);
  });

  it('asks for an administrator when no grant is good any more, and nothing is written', async () => {
    const { crm } = office.world;
    crm.oauth.revoke({ integrationUuid: crm.integration.uuid });
    await office.open.database.updateTable('crmGrant').set({ isDead: true }).execute();
    expect(await outcomeOf(await write(SELLER_A, [copyOf(SELLER_A)]))).toEqual([409, 'CRM_NEEDS_REAUTH']);
  });
});
