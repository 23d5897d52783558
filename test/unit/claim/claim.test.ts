import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimInCrm } from '../../../widget/claim/claim.ts';
import { tellChat, union } from '../../../widget/claim/tell.ts';
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import type { CrmContact } from '../../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import { servicesOf } from '../services.ts';

let stage: NodeStage;
let client: CrmContact;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
  const roleOf = (person: number) => ({
    channelId: SALES_CHANNEL,
    userId: String(person),
    role: 'seller' as const,
    allowGetNewClients: true,
  });
  stage.world.chat.settings = {
    ...stage.world.chat.settings,
    userRoles: [roleOf(SELLER_A), roleOf(SELLER_B)],
  };
  client = stage.world.clientWrites();
});
afterEach(() => {
  const { strays } = stage.world;
  stage.close();
  expect(strays).toEqual([]);
});

const claim = () =>
  claimInCrm(servicesOf(stage.world).records, {
    contactId: String(client.id),
    me: String(SELLER_A),
    basedOn: String(NOBODY),
  });
const PATCH = /^PATCH \/api\/v4\/contacts\//;
const GET = /^GET \/api\/v4\/contacts\//;
/** How often the CRM was asked to change the responsible. */
const writes = () => stage.requests.filter(asked => asked.startsWith('PATCH')).length;

describe('a claim in the CRM', () => {
  it('makes me responsible, with one write between two reads', async () => {
    expect(await claim()).toMatchObject({ kind: 'mine' });
    expect(client.responsibleUserId).toBe(SELLER_A);
    expect(stage.requests.map(asked => asked.split(' ')[0])).toEqual(['GET', 'PATCH', 'GET']);
  });

  it.each(['plain', 'embedded'] as const)('understands the %s answer to a change', async shape => {
    stage.world.oddities.patchAnswer = shape;
    expect(await claim()).toMatchObject({ kind: 'mine' });
  });

  it('stops before writing when a colleague took the client since the card was opened', async () => {
    stage.world.crm.assignContact(SELLER_B, client.id, SELLER_B);
    expect(await claim()).toEqual({ kind: 'changed', ownerId: String(SELLER_B) });
    expect(writes()).toBe(0);
  });

  it('tells who has the client when a colleague wrote right after me', async () => {
    stage.world.disturbances.add(GET, () => undefined);
    stage.world.disturbances.add(GET, () => stage.world.crm.assignContact(SELLER_B, client.id, SELLER_B));
    expect(await claim()).toEqual({ kind: 'changed', ownerId: String(SELLER_B) });
  });

  it('writes nothing when the client is mine already', async () => {
    stage.world.crm.assignContact(SELLER_A, client.id, SELLER_A);
    expect(await claim()).toMatchObject({ kind: 'mine' });
    expect(writes()).toBe(0);
  });

  it.each(['no-rights-244', 'forbidden-json', 'forbidden-html'] as const)(
    'is forbidden when the CRM answers %s',
    async fault => {
      stage.world.disturbances.add(PATCH, fault);
      expect(await claim()).toEqual({ kind: 'forbidden' });
      expect(client.responsibleUserId).toBe(NOBODY);
    },
  );

  it('is forbidden to a seller who may edit only his own contacts', async () => {
    const seller = stage.world.crm.users.get(SELLER_A);
    if (seller) seller.contacts = { view: 'A', edit: 'M' };
    expect(await claim()).toEqual({ kind: 'forbidden' });
  });

  it('finds nobody to claim when the contact was deleted', async () => {
    client.isDeleted = true;
    expect(await claim()).toEqual({ kind: 'missing' });
  });

  it('is unknown when the connection was cut during the write and the CRM shows nothing new', async () => {
    stage.world.disturbances.add(PATCH, 'cut');
    expect(await claim()).toMatchObject({ kind: 'unknown', failure: { code: 'no-answer' } });
    expect(writes()).toBe(1);
  });

  it('is mine when the answer to the write could not be read but the CRM shows me', async () => {
    stage.world.disturbances.add(PATCH, 'broken-json');
    expect(await claim()).toMatchObject({ kind: 'mine' });
    expect(writes()).toBe(1);
  });

  it('is unknown when the CRM cannot be asked after the write', async () => {
    stage.world.disturbances.add(GET, () => undefined);
    stage.world.disturbances.add(GET, 'forbidden-html');
    expect(await claim()).toMatchObject({ kind: 'unknown', failure: { code: 'forbidden' } });
  });

  it.each([
    ['unauthorized', 'signed-out'],
    ['broken-json', 'unreadable'],
    ['wrong-shape', 'unreadable'],
  ] as const)('fails before it has written anything when the first answer is %s', async (fault, code) => {
    stage.world.disturbances.add(GET, fault);
    expect(await claim()).toMatchObject({ kind: 'failed', failure: { code } });
    expect(writes()).toBe(0);
  });

  it('reads again by itself when the CRM has a passing fault', async () => {
    stage.world.disturbances.add(GET, 'server-error');
    expect(await claim()).toMatchObject({ kind: 'mine' });
  });
});

describe('telling the chat service', () => {
  const tell = async () => {
    const { records, chat } = servicesOf(stage.world);
    stage.world.crm.assignContact(SELLER_A, client.id, SELLER_A);
    return tellChat(chat, await records.contact(String(client.id)), {
      ownerId: String(SELLER_A),
      country: 'RU',
    });
  };
  const seenBy = (person: number) => stage.world.chat.threadsOf(String(person)).length;

  it('makes the chat leave the other seller’s list', async () => {
    expect([seenBy(SELLER_A), seenBy(SELLER_B)]).toEqual([1, 1]);
    expect(await tell()).toEqual({ kind: 'told' });
    expect([seenBy(SELLER_A), seenBy(SELLER_B)]).toEqual([1, 0]);
  });

  it('keeps the identities that the service knew', async () => {
    stage.world.chat.contacts.set(String(client.id), {
      id: String(client.id),
      responsibleUserId: String(SELLER_B),
      name: client.name,
      contactData: [{ chatType: 'telegram', chatId: '55533', username: 'anna' }],
    });
    await tell();
    expect(stage.world.chat.contacts.get(String(client.id))?.contactData).toEqual([
      { chatType: 'telegram', chatId: '55533', username: 'anna' },
      { chatType: 'whatsapp', chatId: '79160000001' },
    ]);
  });

  it('has nothing to tell about a client without a number', async () => {
    client.phones = [];
    expect(await tell()).toEqual({ kind: 'nothing-to-tell' });
  });

  it('is refused to somebody who may answer on no channel', async () => {
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [] };
    expect(await tell()).toEqual({ kind: 'no-role' });
  });

  it('asks for a new token when the old one was refused, and only once', async () => {
    const { records, chat } = servicesOf(stage.world);
    stage.world.oddities.tokenLifetimeSeconds = -3600;
    await chat.channels().catch(() => undefined);
    expect(stage.requests.filter(asked => asked.includes('disposable_token'))).toHaveLength(2);
    stage.world.oddities.tokenLifetimeSeconds = 1800;
    await expect(records.proof()).resolves.toContain('.');
  });

  it('adds no identity twice', () => {
    const number = { messenger: 'whatsapp', id: '79160000001' };
    expect(union([{ ...number, phone: '1' }], [number, number])).toEqual([{ ...number, phone: '1' }]);
    expect(union([], [number, number])).toEqual([number]);
  });
});
