/** The one-time token is fetched once, when it is needed, and only for the person whose page this is. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wazzupChat } from '../../../widget/chat/wazzup/chat.ts';
import type { Chat } from '../../../widget/chat/chat.ts';
import { createProof } from '../../../widget/host/amocrm/proof.ts';
import { amocrmRecords } from '../../../widget/host/amocrm/records.ts';
import type { HostRecords } from '../../../widget/host/host.ts';
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../world/people.ts';
import { answering } from '../answering.ts';

let stage: NodeStage;
/** The person whom the page names at this moment. */
let onPage: number;
let records: HostRecords;
let chat: Chat;

beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
  onPage = SELLER_A;
  const { crmOrigin: origin, gatewayOrigin: gateway } = stage.world.options;
  const integrationId = stage.world.crm.integration.uuid;
  records = amocrmRecords({ origin, integrationId, me: () => String(onPage) });
  chat = wazzupChat({ gateway, proof: records.proof });
});
afterEach(() => {
  vi.restoreAllMocks();
  stage.close();
});

const tokenRequests = (): number => stage.requests.filter(one => one.includes('disposable_token')).length;
const OVER = { code: 'signed-out', service: 'crm' };

describe('the token', () => {
  it('is not requested before it is needed', async () => {
    await records.tasks('1').catch(() => null);
    expect(tokenRequests()).toBe(0);
  });

  it('is requested once for several requests at once', async () => {
    await Promise.all([chat.channels(), chat.roles(), chat.channels(), records.proof()]);
    expect(tokenRequests()).toBe(1);
  });

  it('is replaced well before it expires, once for several requests', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const first = await records.proof();
    clock.mockReturnValue(19 * 60_000);
    expect(await records.proof()).toBe(first);
    clock.mockReturnValue(21 * 60_000);
    stage.world.clock.advance(60_000);
    const [next, other] = await Promise.all([records.proof(), records.proof(), chat.channels()]);
    expect(next).not.toBe(first);
    expect(other).toBe(next);
    expect(tokenRequests()).toBe(2);
  });

  it('that the gateway refuses is replaced once for several requests', async () => {
    await chat.channels();
    stage.world.clock.advance(31 * 60_000);
    await Promise.all([chat.channels(), chat.roles(), chat.channels()]);
    expect(tokenRequests()).toBe(2);
  });

  it('that is reported as refused several times is replaced once', async () => {
    const refused = await records.proof();
    const next = await Promise.all([1, 2, 3].map(() => records.proof(refused)));
    expect(new Set(next).size).toBe(1);
    expect(tokenRequests()).toBe(2);
  });

  it('that could not be fetched is requested again by the next request', async () => {
    stage.person = undefined;
    await expect(chat.channels()).rejects.toMatchObject(OVER);
    stage.person = SELLER_A;
    expect((await chat.channels()).items).toHaveLength(2);
  });
});

describe('logging out', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['reading', () => records.contact('1')],
    ['writing', () => records.setOwner('1', String(SELLER_A))],
    ['asking the chat service', () => chat.channels()],
  ])('ends %s with a failure that says so', async (_what, ask) => {
    stage.person = undefined;
    await expect(ask()).rejects.toMatchObject(OVER);
  });
});

describe('a different person who logs in while the page is open', () => {
  it('is noticed by their token, which is not sent, and no more requests are made', async () => {
    const { id } = stage.world.crm.addContact('Anna', [], SELLER_B);
    stage.person = SELLER_B;
    await expect(chat.channels()).rejects.toMatchObject(OVER);
    expect(stage.requests.filter(one => one.includes('gateway'))).toEqual([]);
    const before = stage.requests.length;
    await expect(records.contact(String(id))).rejects.toMatchObject(OVER);
    await expect(records.setOwner(String(id), String(SELLER_A))).rejects.toMatchObject(OVER);
    await expect(chat.roles()).rejects.toMatchObject(OVER);
    expect(stage.requests).toHaveLength(before);
    expect(stage.world.crm.ownerChanges).toEqual([]);
  });

  it('is noticed by the page’s own user, and the former person’s token is no longer used', async () => {
    await chat.channels();
    const before = stage.requests.length;
    onPage = ADMIN;
    await expect(chat.channels()).rejects.toMatchObject(OVER);
    await expect(records.employees()).rejects.toMatchObject(OVER);
    expect(stage.requests).toHaveLength(before);
  });

  it('is not assumed when the token cannot be read', async () => {
    const { proof } = createProof(answering({ token: 'opaque' }), 'integration', () => false);
    expect(await proof()).toBe('opaque');
  });
});
