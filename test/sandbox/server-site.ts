/**
 * The real server on its own host, in a database that it may share with other stages: each stage's account is separate
 * from all others. It sends its requests to the emulated CRM and chat service.
 */
import { decodeJwt } from 'jose';
import { http } from 'msw';
import { createApp } from '../../server/app.ts';
import type { AccountHosts } from '../../server/crm/amocrm/host.ts';
import type { Database } from '../../server/store/database.ts';
import { pressInstall } from '../mocks/amocrm/installing.ts';
import { tokenFor } from '../mocks/amocrm/token.ts';
import { answer, type Answer } from '../mocks/answer.ts';
import { outside } from '../mocks/outside.ts';
import { createDisturbances } from '../world/disturbances.ts';
import { ADMIN } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { PEOPLE, type Addresses } from './addresses.ts';
import { HOSTS, ledHere, MARKETPLACE } from './outside-services.ts';
import type { SandboxState } from './sandbox-state.ts';

export type ServerSite = {
  readonly answer: (request: Request) => Promise<Answer>;
  /**
   * The first account's administrator installs the integration and connects the key of the stage's kind. Requests wait
   * until that is done.
   */
  readonly connect: () => void;
  /** From now on the server follows the CRM. */
  readonly follow: () => void;
  /** Called before the world is reset: frees the chat account that the office was connected to. */
  readonly leave: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** The server finds that the CRM no longer accepts any of its grants. */
  readonly endGrants: () => Promise<void>;
};

/** The address to which the CRM sends its codes. */
export const redirectOn = ({ gateway }: Addresses): string => `${gateway}/amocrm/authorized`;

export function serverSite(state: SandboxState, database: Database): ServerSite {
  const { world, addresses, requests } = state;
  const { uuid: id, secret } = world.crm.integration;
  const redirectUri = redirectOn(addresses);
  const send = outside(world);
  /** Keeps disturbances meant for a story out of the set-up of its office. */
  const furnish = outside(Object.create(world, { disturbances: { value: createDisturbances() } }));
  const errands = new Set<Promise<unknown>>();
  let isFurnishing = false;
  let isFurnished = false;
  const leaving = new AbortController();
  const { app, accounts, following } = createApp({
    database,
    ring: [{ id: 'stage', key: crypto.getRandomValues(new Uint8Array(32)) }],
    integration: { id, secret, redirectUri },
    hosts: HOSTS,
    accountHosts: emulatedHosts(world, addresses),
    partner: world.partners,
    marketplace: { secret: MARKETPLACE.secret, cabinet: `${addresses.chats}/integrations` },
    fetch(request) {
      const { method, url } = request;
      const isChat = Object.values(HOSTS).includes(new URL(url).origin);
      if (isFurnishing) return furnish(request);
      if (isChat) requests.push({ person: undefined, to: 'wazzup', method, url });
      return send(request);
    },
    async send(errandName, ids) {
      if (errandName !== 'check-clients') return;
      const errand = Promise.all(ids.map(one => following.checking.check(one, leaving.signal)));
      errands.add(errand);
      await errand.finally(() => errands.delete(errand));
    },
    now: () => new Date(world.clock.now()),
  });
  const handlers = [http.all('*', ({ request }) => app(request))];
  let connecting: Promise<void> = Promise.resolve();
  let working: Promise<void> = Promise.resolve();
  /** Like the server's own loop, but immediate: resolves when no code is left to process. */
  const worked = (): Promise<void> => (working = drained(working));
  async function drained(before: Promise<void>): Promise<void> {
    await before;
    await accounts.arrivals.exchangeAll(leaving.signal);
  }

  const ours = async (): Promise<string | undefined> =>
    (
      await database
        .selectFrom('account')
        .select('id')
        .where('crmAccountId', '=', String(world.crm.account.id))
        .executeTakeFirst()
    )?.id;
  let followed: Promise<void> | undefined;
  let isFollowing = false;
  let isSubscribed = false;
  /** Subscribes to the CRM's hooks and from then on processes what they report. */
  async function follow(): Promise<void> {
    const id = await ours();
    if (id === undefined || isSubscribed) return;
    isSubscribed = true;
    work();
    await following.subscriptions.keep(id, leaving.signal);
  }
  /** Processes pending work of the server, including the follow-up of claims. */
  function work(): void {
    followed ??= following.follower.run(leaving.signal);
  }

  async function furnished(before: Promise<void>): Promise<void> {
    await before;
    isFurnishing = true;
    isFurnished = true;
    await connect().finally(() => (isFurnishing = false));
  }
  async function connect(): Promise<void> {
    const { crm, chat } = world;
    const admin = crm.users.get(ADMIN);
    const [key] = [...chat.keys].find(([, kind]) => kind === state.keyKind) ?? [];
    if (!admin || key === undefined) throw new Error('The office lacks its administrator or its key');
    // A maker who has registered their own address answers Install themselves.
    if (crm.integration.redirectUri !== redirectUri) return;
    if (crm.oauth.grants.length === 0) {
      await pressInstall(world, crm, crm.integration, admin);
      await worked();
    }
    const token = await tokenFor(world, admin);
    await app(
      new Request(`${addresses.gateway}/connection`, {
        method: 'PUT',
        headers: { Origin: crm.account.origin, 'X-Auth-Token': token },
        body: JSON.stringify({ key, replaces: true }),
      }),
    );
    // The server learns this at the first save.
    if (state.keyKind === 'v3')
      await database
        .updateTable('chatConnection')
        .set({ keyKind: 'v3' })
        .where('accountId', 'in', query =>
          query.selectFrom('account').select('id').where('crmAccountId', '=', String(crm.account.id)),
        )
        .execute();
  }

  let handedOver: string | undefined;
  let handedTimes = 0;
  /**
   * Settings in the CRM's field are moved to the server when an administrator opens the panel, until others are saved.
   */
  async function handOver(): Promise<void> {
    const { custom } = world.crm.integration.fields;
    const id = typeof custom === 'string' && custom !== handedOver ? await ours() : undefined;
    if (id === undefined || custom === undefined) return;
    handedOver = custom;
    handedTimes += 1;
    const version = handedTimes;
    await database
      .insertInto('ownSettings')
      .values({ accountId: id, version, settings: custom })
      .onConflict(conflict =>
        conflict
          .column('accountId')
          .doUpdateSet({ version, settings: custom })
          .where('ownSettings.version', '=', version - 1),
      )
      .execute();
  }

  async function leave(): Promise<void> {
    await connecting;
    const id = await ours();
    // The connection stays, so that pages still open keep getting answers.
    if (id !== undefined) await database.deleteFrom('chatChannel').where('accountId', '=', id).execute();
  }

  return {
    async answer(request) {
      const { method, url } = request;
      if (new URL(url).pathname === new URL(redirectUri).pathname) {
        const answered = await answer(world, handlers, request);
        // An office that is being set up is not connected yet.
        const before = connecting;
        if (isFollowing)
          connecting = worked()
            .then(follow)
            .then(() => before);
        else void worked();
        return answered;
      }
      await connecting;
      if (isFurnished) await handOver();
      if (new URL(url).pathname.startsWith('/claims')) work();
      if (method !== 'OPTIONS') requests.push({ person: bearerOf(request), to: 'gateway', method, url });
      return ledHere(await answer(world, handlers, request), addresses);
    },
    async endGrants() {
      const ours = String(world.crm.account.id);
      world.crm.oauth.revoke();
      await database
        .updateTable('crmGrant')
        .set({ isDead: true })
        .where('accountId', 'in', query =>
          query.selectFrom('account').select('id').where('crmAccountId', '=', ours),
        )
        .execute();
    },
    connect() {
      connecting = furnished(connecting);
    },
    follow() {
      isFollowing = true;
      connecting = connecting.then(follow);
    },
    async close() {
      leaving.abort();
      await Promise.allSettled([followed, connecting, ...errands]);
      // Otherwise another stage of the same database would process them in its own world.
      const id = await ours();
      for (const table of ['lane', 'claimedClient'] as const)
        if (id !== undefined) await database.deleteFrom(table).where('accountId', '=', id).execute();
      await leave();
    },
    leave,
  };
}

/** The people of the first account have their own host names. */
const emulatedHosts = (world: World, { crm: pages }: Addresses): AccountHosts => {
  const people = new Set(Object.values(PEOPLE).map(({ hostName }) => hostName));
  const hostOfAccount = (origin: string): string => new URL(origin).host;
  return {
    hostOf(address) {
      const page = address.includes('://') ? address : `http://${address}`;
      // Requests directly to the server's own address have no page.
      if (!URL.canParse(page)) return null;
      const { host, hostname, port } = new URL(page);
      const home = hostOfAccount(world.crm.account.origin);
      if (people.has(hostname) && home.endsWith(`:${port}`)) return home;
      return world.accounts.some(({ account }) => hostOfAccount(account.origin) === host) ? host : null;
    },
    originsOf: host =>
      host === hostOfAccount(world.crm.account.origin)
        ? [world.crm.account.origin, ...pages]
        : [`http://${host}`],
    consentOf: host => `http://www.localhost${host.slice(host.indexOf(':'))}/oauth`,
  };
};

/** The person whom the request claims to be from, whether or not the server will accept it. */
function bearerOf(request: Request): number | undefined {
  try {
    return Number(decodeJwt(request.headers.get('x-auth-token') ?? '')['user_id']);
  } catch {
    return undefined;
  }
}
