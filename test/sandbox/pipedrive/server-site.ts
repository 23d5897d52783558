/**
 * The real server for an emulated company, on its own host, in a database that it may share with other stages. It asks the
 * emulated Pipedrive and chat service under their real names.
 */
import { decodeJwt } from 'jose';
import { http } from 'msw';
import type { PageFiles } from '../../../server/frames/files.ts';
import { createApp } from '../../../server/app.ts';
import type { Database } from '../../../server/store/database.ts';
import { answer, type Answer } from '../../mocks/answer.ts';
import { outside } from '../../mocks/outside.ts';
import { allowedAddress } from '../../mocks/pipedrive/consent.ts';
import { signedToken } from '../../mocks/pipedrive/signed-token.ts';
import type { KeyKind } from '../../world/chat.ts';
import { createDisturbances } from '../../world/disturbances.ts';
import { ADMIN } from '../../world/people.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';
import type { Addresses } from '../addresses.ts';
import { HOSTS, ledHere, MARKETPLACE } from '../outside-services.ts';
import type { SandboxRequest } from '../sandbox-state.ts';
import { companyOrigin, OAUTH_HOST } from './addresses.ts';

type Given = {
  readonly world: World;
  readonly company: Company;
  readonly addresses: Addresses;
  readonly port: number;
  readonly database: Database;
  /** Our built pages. */
  readonly files: PageFiles;
  readonly requests: SandboxRequest[];
};

export type PipedriveServer = {
  readonly answer: (request: Request) => Promise<Answer>;
  /** This person gives the app access. */
  readonly allow: (employeeId: number) => Promise<void>;
  /** Sends a request as a page of this person. */
  readonly ask: (employeeId: number, route: string, body?: unknown, ifMatch?: string) => Promise<Response>;
  /** The administrator connects the chat account with a key of this kind. */
  readonly connect: (kind: KeyKind) => Promise<void>;
  /** From now on, the server follows the company and processes hooks as they arrive. */
  readonly follow: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export function pipedriveServer(given: Given): PipedriveServer {
  const { world, company, addresses, port, database, files, requests } = given;
  const { clientId, clientSecret, callback } = world.pipedrive.app;
  const send = outside(world);
  /** While the office is prepared, none of the story's disturbances happen. */
  const furnish = outside(Object.create(world, { disturbances: { value: createDisturbances() } }));
  let furnishing = 0;
  const leaving = new AbortController();
  const errands = new Set<Promise<unknown>>();
  const { app, accounts, following } = createApp({
    database,
    ring: [{ id: 'stage', key: crypto.getRandomValues(new Uint8Array(32)) }],
    hosts: HOSTS,
    partner: world.partners,
    marketplace: { secret: MARKETPLACE.secret, cabinet: `${addresses.chats}/integrations` },
    pipedrive: {
      integration: { id: clientId, secret: clientSecret, redirectUri: callback },
      jwtSecret: world.pipedrive.app.jwtSecret,
      files,
      pages: {
        consent: `http://${OAUTH_HOST}:${port}/oauth/authorize`,
        frameAncestors: `http://*.pipedrive.localhost:${port}`,
        originOf: host => companyOrigin({ domain: host.replace('.pipedrive.com', '') }, port),
      },
    },
    fetch(request) {
      const { method, url } = request;
      if (furnishing > 0) return furnish(request);
      const isChat = Object.values(HOSTS).includes(new URL(url).origin);
      requests.push({ person: undefined, to: isChat ? 'wazzup' : 'crm', method, url });
      return send(request);
    },
    async wake(what) {
      const { disabling, takenBack } = accounts;
      if (what === 'exchange-codes') void run(exchanged);
      else
        void run(async () => Promise.all([disabling.work(leaving.signal), takenBack.work(leaving.signal)]));
    },
    async send(errand, ids) {
      const work = errand === 'check-clients' ? following.checking.check : accounts.lookAtGrant;
      await run(async () => Promise.all(ids.map(id => work(id, leaving.signal))));
    },
    now: () => new Date(world.clock.now()),
  });
  const handlers = [http.all('*', ({ request }) => app(request))];

  /** Work that is aborted because the stage closes is not an error. */
  async function run(work: () => Promise<unknown>): Promise<void> {
    const errand = work();
    errands.add(errand);
    try {
      await errand;
    } catch (error) {
      if (!leaving.signal.aborted) throw error;
    } finally {
      errands.delete(errand);
    }
  }
  async function exchanged(): Promise<void> {
    await accounts.arrivals.exchangeAll(leaving.signal);
    if (isFollowing) await subscribed();
  }
  const ours = async (): Promise<string | undefined> =>
    (
      await database
        .selectFrom('account')
        .select('id')
        .where('crm', '=', 'pipedrive')
        .where('crmAccountId', '=', String(company.id))
        .executeTakeFirst()
    )?.id;
  async function furnished<T>(work: () => Promise<T>): Promise<T> {
    furnishing += 1;
    return work().finally(() => (furnishing -= 1));
  }

  let isFollowing = false;
  let isSubscribed = false;
  /** Subscribes as soon as an employee who may do so has given access. */
  async function subscribed(): Promise<void> {
    const id = await ours();
    if (id === undefined || isSubscribed) return;
    await following.subscriptions.keep(id, leaving.signal);
    isSubscribed = company.webhooks.all().length > 0;
  }
  let followed: Promise<void> | undefined;
  /** Processes everything that was requested from the server, including what follows a claim. */
  const work = (): void => {
    followed ??= following.follower.run(leaving.signal);
  };

  async function ask(employeeId: number, route: string, body?: unknown, ifMatch?: string): Promise<Response> {
    const [method = 'GET', path = '/'] = route.split(' ');
    const headers = new Headers({ 'X-Auth-Token': await signedToken(company, employeeId) });
    if (method !== 'GET') headers.set('Origin', addresses.gateway);
    if (ifMatch !== undefined) headers.set('If-Match', ifMatch);
    const url = `${addresses.gateway}/pipedrive/api${path}`;
    return app(new Request(url, { method, headers, body: body === undefined ? null : JSON.stringify(body) }));
  }

  return {
    ask,
    async answer(request) {
      const { method, url } = request;
      const { pathname } = new URL(url);
      if (pathname.startsWith('/pipedrive/api/')) {
        requests.push({ person: personIn(request), to: 'gateway', method, url });
        if (pathname.startsWith('/pipedrive/api/claims')) work();
      }
      return ledHere(await answer(world, handlers, request), addresses);
    },
    allow: employeeId =>
      furnished(async () => {
        await app(new Request(allowedAddress(world, company, employeeId)));
        await exchanged();
        // The run that was started first has the code.
        await Promise.allSettled(errands);
      }),
    connect: kind =>
      furnished(async () => {
        const [key] = [...world.chat.keys].find(([, one]) => one === kind) ?? [];
        const connected = await ask(ADMIN, 'PUT /connection', { key, replaces: true });
        if (!connected.ok) throw new Error(`The chat account was not connected: ${connected.status}`);
      }),
    async follow() {
      isFollowing = true;
      work();
      await furnished(subscribed);
    },
    async close() {
      leaving.abort();
      await Promise.allSettled([followed, ...errands]);
      // Another stage with the same database would process them in its own world.
      const id = await ours();
      if (id === undefined) return;
      for (const table of ['lane', 'claimedClient', 'chatChannel'] as const)
        await database.deleteFrom(table).where('accountId', '=', id).execute();
    },
  };
}

/** The person that the request names, even if the server refuses it. */
function personIn({ headers }: Request): number | undefined {
  try {
    return Number(decodeJwt(headers.get('X-Auth-Token') ?? '')['userId']);
  } catch {
    return undefined;
  }
}
