/** The people who are responsible for a second contact with a client's number. */
import { beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { outcomeOf } from '../../../support/outcome.ts';
import { officeForEachTest } from './office.ts';

const PHONE = '+7 916 000-00-09';
const office = officeForEachTest();
let client: string;
beforeEach(() => {
  client = added(SELLER_A);
});

/** Adds a contact with this number, which the chat service knows. */
function added(responsible: number, { phone = PHONE, chatId = '79160000009', isKept = true } = {}): string {
  const { chat, crm } = office.stage.world;
  const id = String(crm.addContact('Анна', [phone], responsible).id);
  const contactData = [{ chatType: 'whatsapp', chatId }];
  if (isKept)
    chat.contacts.set(id, { id, responsibleUserId: String(responsible), name: 'Анна', contactData });
  return id;
}
const others = async (id = client): Promise<unknown> =>
  (await office.ask('seller', `GET /clients/${id}/others`)).json();
const named = (...people: readonly number[]): unknown => people.map(id => ({ ownerId: String(id) }));

describe('others who are responsible for a client’s number', () => {
  it('are nobody when no other contact has the number', async () => {
    added(SELLER_B, { phone: '+7 916 000-00-08', chatId: '79160000008' });
    expect(await others()).toEqual([]);
    expect(office.stage.upstream.filter(one => one.includes('/v3/contacts'))).toEqual([]);
  });

  it('are listed once each, by their ids only', async () => {
    added(SELLER_B);
    added(SELLER_B);
    added(HEAD_OF_SALES);
    expect(await others()).toEqual(named(SELLER_B, HEAD_OF_SALES));
  });

  it('are read from the chat service, even if the CRM has changed meanwhile', async () => {
    const second = added(SELLER_B);
    const { contacts } = office.stage.world.crm;
    const kept = contacts.get(Number(second));
    if (kept) kept.responsibleUserId = NOBODY;
    expect(await others()).toEqual(named(SELLER_B));
  });

  it('include the client’s own responsible, who keeps the other contact when one is taken over', async () => {
    added(SELLER_A);
    expect(await others()).toEqual(named(SELLER_A));
  });

  it('are nobody when the chat service does not know the other contact by this number', async () => {
    added(SELLER_B, { isKept: false });
    added(HEAD_OF_SALES, { chatId: '79160000010' });
    expect(await others()).toEqual([]);
  });

  it('are also listed for a free client, who is not in the chat service', async () => {
    office.stage.world.chat.contacts.delete(client);
    added(SELLER_B);
    expect(await others(client)).toEqual(named(SELLER_B));
  });

  it('are looked up in five contacts at most', async () => {
    for (let at = 0; at < 9; at += 1) added(SELLER_B);
    await others();
    expect(office.stage.upstream.filter(one => one.includes('/v3/contacts/'))).toHaveLength(6);
  });

  it('are not guessed when the chat service does not answer', async () => {
    added(SELLER_B);
    office.stage.world.disturbances.add(/GET \/v3\/contacts/, 'server-error', Infinity);
    expect((await office.ask('seller', `GET /clients/${client}/others`)).ok).toBe(false);
  });

  it('are nobody when the server has no access to the CRM', async () => {
    added(SELLER_B);
    const { follow: _, ...config } = office.config;
    const answer = await office.ask('seller', `GET /clients/${client}/others`, { config });
    expect(await outcomeOf(answer)).toEqual([200, undefined]);
    expect(office.stage.upstream.filter(one => one.includes('/v3/contacts'))).toEqual([]);
  });
});
