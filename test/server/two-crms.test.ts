/** An account of amoCRM and a company of Pipedrive with the same ids, on one server: they share nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, type Running } from '../../server/app.ts';
import { KEPT_TABLES } from '../../server/leaving/purge.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { pressInstall } from '../mocks/amocrm/installing.ts';
import { outside } from '../mocks/outside.ts';
import { allowedAddress } from '../mocks/pipedrive/consent.ts';
import { signedToken } from '../mocks/pipedrive/signed-token.ts';
import { freshDatabase, quickest } from '../support/databases.ts';
import { claimsOf, signed } from '../support/signed-proof.ts';
import type { ChatAccount } from '../world/chat.ts';
import { standingClock } from '../world/clock.ts';
import type { Crm } from '../world/crm.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import { createWorld, type World } from '../world/world.ts';

const HOSTS = { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' };
const PLAN = { deals: null, note: null, task: null, answer: null, undoes: null };
const SIDES = ['amocrm', 'pipedrive'] as const;
type Side = (typeof SIDES)[number];
const otherThan = (side: Side): Side => (side === 'amocrm' ? 'pipedrive' : 'amocrm');
const patient = (): AbortSignal => new AbortController().signal;

let world: World;
let crm: Crm;
let company: Company;
let open: OpenDatabase;
let running: Running;
/** The requests that the server has sent since the list was last emptied: to which host, and with which key. */
let sent: { readonly host: string; readonly key: string | null }[];
/** The client's id in both CRMs. */
let anna: string;
let chats: Readonly<Record<Side, ChatAccount>>;

const ask: Record<Side, (who: number, route: string, body?: unknown, token?: string) => Promise<Response>> = {
  async amocrm(who, route, body, token) {
    const proof = token ?? (await signed(claimsOf(world, who), crm.integration.secret));
    return asked('https://server.invalid', route, body, {
      Origin: crm.account.origin,
      'X-Auth-Token': proof,
    });
  },
  async pipedrive(who, route, body, token) {
    const { origin } = new URL(world.pipedrive.app.callback);
    const proof = token ?? (await signedToken(company, who));
    return asked(`${origin}/pipedrive/api`, route, body, { 'X-Auth-Token': proof });
  },
};
function asked(base: string, route: string, body: unknown, headers: HeadersInit): Promise<Response> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const all = new Headers(headers);
  if (method === 'PUT') all.set('If-Match', '"0"');
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  return running.app(new Request(`${base}${path}`, { method, headers: all, ...json }));
}
const claim = (who: number) => ({
  press: crypto.randomUUID(),
  contact: anna,
  base: String(NOBODY),
  to: String(who),
  plan: PLAN,
});
/** `granted` or `held` if the page writes, and the other outcomes if the server writes. */
const claimIn: Record<Side, (who: number) => Promise<string>> = {
  async amocrm(who) {
    const answer = await ask.amocrm(who, 'POST /claims', { claims: [claim(who)] });
    return (await answer.json()).claims[0].kind;
  },
  async pipedrive(who) {
    return (await (await ask.pipedrive(who, 'POST /claims/take', { claim: claim(who) })).json()).kind;
  },
};
const assign: Record<Side, (toId: number) => unknown> = {
  amocrm: toId => crm.assignContact(ADMIN, Number(anna), toId),
  pipedrive: toId => company.assignPerson(ADMIN, Number(anna), toId),
};
const ownerIn: Record<Side, () => number | undefined> = {
  amocrm: () => crm.contacts.get(Number(anna))?.responsibleUserId,
  pipedrive: () => company.persons.get(Number(anna))?.ownerId,
};
const knownIn = (side: Side) => chats[side].contacts.get(anna);
const hostOf = (side: Side): string => (side === 'amocrm' ? new URL(crm.account.origin).host : company.host);
const keyOf = (side: Side): string => [...chats[side].keys].find(([, kind]) => kind === 'partner')?.[0] ?? '';
async function worked(): Promise<void> {
  await world.settled();
  while (await running.following.follower.step(patient()));
}
const accountId = async (side: Side): Promise<string> => {
  const one = open.database.selectFrom('account').select('id').where('crm', '=', side);
  return (await one.executeTakeFirstOrThrow()).id;
};
async function rowsOf(side: Side): Promise<Record<string, number>> {
  const id = await accountId(side);
  const counts: Record<string, number> = {};
  for (const table of KEPT_TABLES) {
    const rows = await open.database
      .selectFrom(table)
      .select('accountId')
      .where('accountId', '=', id)
      .execute();
    counts[table] = rows.length;
  }
  return counts;
}

beforeEach(async () => {
  open = await freshDatabase(quickest());
  world = createWorld({
    clock: standingClock(),
    send: async request => running.app(request),
  });
  ({ crm } = world);
  company = world.pipedrive.openCompany({ domain: 'acme', id: crm.account.id, lastRecord: 40_000 });
  const { integration } = crm;
  integration.redirectUri = `${integration.audience}/amocrm/authorized`;
  const { app } = world.pipedrive;
  const fetch = outside(world);
  sent = [];
  running = createApp({
    database: open.database,
    ring: [{ id: 'a', key: new Uint8Array(32) }],
    integration: { id: integration.uuid, secret: integration.secret, redirectUri: integration.redirectUri },
    pipedrive: {
      integration: { id: app.clientId, secret: app.clientSecret, redirectUri: app.callback },
      files: () => null,
    },
    fetch(request) {
      sent.push({ host: new URL(request.url).host, key: request.headers.get('Authorization') });
      return fetch(request);
    },
    hosts: HOSTS,
    now: () => new Date(world.clock.now()),
  });
  const admin = crm.users.get(ADMIN);
  if (!admin) throw new Error('The account has an administrator');
  await pressInstall(world, crm, integration, admin);
  for (const who of [ADMIN, SELLER_A, SELLER_B])
    await running.app(new Request(allowedAddress(world, company, who)));
  await running.accounts.arrivals.exchangeAll(patient());
  chats = { amocrm: world.chat, pipedrive: world.openChat() };
  const people = [ADMIN, SELLER_A, SELLER_B].map(String);
  for (const side of SIDES) {
    const chat = chats[side];
    const channelId = chat.channels[0]?.channelId ?? '';
    chat.channels.splice(1);
    chat.settings.userRoles = people.map(userId => ({
      channelId,
      userId,
      role: 'seller' as const,
      allowGetNewClients: false,
    }));
    const connected = await ask[side](ADMIN, 'PUT /connection', { key: keyOf(side) });
    if (!connected.ok) throw new Error(await connected.text());
    await ask[side](ADMIN, 'PUT /own-settings', { standInOwners: [String(NOBODY)] });
  }
  const { subscriptions } = running.following;
  for (const id of await subscriptions.due()) await subscriptions.keep(id, patient());
  anna = String(crm.addContact('Anna of amocrm', ['+7 916 000-00-01'], NOBODY).id);
  company.addPerson({ name: 'Anna of pipedrive', phones: ['+7 916 000-00-02'], ownerId: NOBODY });
  for (const side of SIDES) await ask[side](ADMIN, 'POST /clients/changed', { contact: anna });
  await worked();
  sent.length = 0;
});
afterEach(() => open.close());

describe('an account and a company with the same ids', () => {
  it('each send their own client of the same id to the chat service', async () => {
    expect(company.id).toBe(crm.account.id);
    assign.amocrm(SELLER_A);
    assign.pipedrive(SELLER_B);
    await worked();
    expect(knownIn('amocrm')).toMatchObject({ name: 'Anna of amocrm', responsibleUserId: String(SELLER_A) });
    expect(knownIn('pipedrive')).toMatchObject({
      name: 'Anna of pipedrive',
      responsibleUserId: String(SELLER_B),
    });
  });

  it('each grant one claim when two employees press in both at once', async () => {
    const [amocrm, pipedrive] = await Promise.all(
      SIDES.map(side => Promise.all([SELLER_A, SELLER_B].map(claimIn[side]))),
    );
    expect(amocrm?.toSorted()).toEqual(['granted', 'held']);
    expect(pipedrive?.filter(kind => kind === 'written')).toHaveLength(1);
    expect(ownerIn.amocrm()).toBe(NOBODY);
    const written = company.changelog.of('person', Number(anna));
    expect(written.filter(({ fieldKey }) => fieldKey === 'owner_id')).toHaveLength(1);
  });

  it('accept a claim although the client of the same id is claimed in the other CRM', async () => {
    expect(await claimIn.amocrm(SELLER_A)).toBe('granted');
    expect(await claimIn.pipedrive(SELLER_B)).toBe('written');
    expect(await claimIn.amocrm(SELLER_B)).toBe('held');
    await worked();
    const shown = async (side: Side, who: number) =>
      (await (await ask[side](who, `GET /claims?contact=${anna}`)).json()).claim;
    expect(await shown('amocrm', SELLER_B)).toBeNull();
    expect(await shown('pipedrive', SELLER_A)).toBeNull();
    expect(await shown('pipedrive', SELLER_B)).toMatchObject({ owner: String(SELLER_B) });
  });

  it.each(SIDES)('cause no requests for each other: a change in %s concerns %s alone', async side => {
    const other = otherThan(side);
    for (const one of SIDES) assign[one](SELLER_A);
    await worked();
    sent.length = 0;
    const before = [ownerIn[other](), structuredClone(knownIn(other)), await rowsOf(other)];
    expect(before).toMatchObject([SELLER_A, { responsibleUserId: String(SELLER_A) }, { chatCopy: 1 }]);
    assign[side](SELLER_B);
    await worked();
    expect(knownIn(side)).toMatchObject({ name: `Anna of ${side}`, responsibleUserId: String(SELLER_B) });
    expect([ownerIn[other](), knownIn(other), await rowsOf(other)]).toEqual(before);
    expect(sent.map(({ host }) => host)).not.toContain(hostOf(other));
    const keys = sent.map(({ key }) => key);
    expect(keys).toContain(`Bearer ${keyOf(side)}`);
    expect(keys).not.toContain(`Bearer ${keyOf(other)}`);
  });

  it('accept no token of each other', async () => {
    const ofPipedrive = await signedToken(company, ADMIN);
    const ofAmocrm = await signed(claimsOf(world, ADMIN), crm.integration.secret);
    expect((await ask.amocrm(ADMIN, 'GET /connection', undefined, ofPipedrive)).status).toBe(401);
    expect((await ask.pipedrive(ADMIN, 'GET /connection', undefined, ofAmocrm)).status).toBe(401);
    expect(sent).toEqual([]);
  });

  it.each(SIDES)('are purged separately: %s is deleted, and the other continues to work', async side => {
    const other = otherThan(side);
    for (const one of SIDES) {
      await claimIn[one](SELLER_A);
      assign[one](SELLER_A);
    }
    await worked();
    const before = await rowsOf(other);
    const id = await accountId(side);
    const longAgo = new Date(world.clock.now() - 31 * 86_400_000);
    await open.database
      .updateTable('account')
      .set({ leftAt: longAgo, state: 'disabled' })
      .where('id', '=', id)
      .execute();
    expect(await running.purges.due()).toEqual([id]);
    await running.purges.purge(id);
    expect(Object.values(await rowsOf(side)).filter(count => count > 0)).toEqual([]);
    expect(await rowsOf(other)).toEqual(before);
    expect(before).toMatchObject({ chatConnection: 1, ownSettings: 1, claim: 1, chatCopy: 1 });
    expect((await ask[side](ADMIN, 'GET /connection')).status).toBe(403);
    assign[other](SELLER_B);
    await worked();
    expect(knownIn(other)).toMatchObject({ responsibleUserId: String(SELLER_B) });
  });
});
