/** The whole server with an emulated office that has installed it and connected its chat service, all in this process. */
import type { Accounts } from '../../server/accounts/accounts.ts';
import { createApp, type App, type AppGiven, type Running } from '../../server/app.ts';
import type { Fetch } from '../../server/http/fetch.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { allowedAddress, pressInstall } from '../mocks/amocrm/installing.ts';
import { outside } from '../mocks/outside.ts';
import { claimsOf, signed } from '../support/signed-proof.ts';
import type { KeyKind } from '../world/chat.ts';
import { standingClock } from '../world/clock.ts';
import { ADMIN } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { freshDatabase, quickest } from '../support/databases.ts';

const HOSTS = { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' };
/** Our entry in the chat service's marketplace. */
export const MARKETPLACE = {
  crmCode: 'crm-chat-roles',
  secret: 'what the marketplace knows us by',
  cabinet: 'https://app.wazzup24.com/',
};
const RING = [{ id: 'a', key: new Uint8Array(32) }];

export type Office = {
  readonly world: World;
  readonly open: OpenDatabase;
  readonly app: App;
  /** The server's own address. */
  readonly origin: string;
  /** The administrator allows the server on the CRM's page of consent. */
  readonly allow: () => Promise<void>;
  readonly accounts: Accounts;
  /** "METHOD address" of each request from the server to the CRM and the chat service. */
  readonly sent: string[];
  readonly following: Running['following'];
  readonly alarms: Running['alarms'];
  readonly connections: Running['connections'];
  readonly journeys: Running['journeys'];
  readonly partnerGrants: Running['partnerGrants'];
  readonly purges: Running['purges'];
  /** Another instance on the same database. */
  readonly another: () => Running;
  readonly ask: (who: number, route: string, body?: unknown, ifMatch?: string) => Promise<Response>;
};

type Options = {
  /** The kind of key that connects the chat service; null for no connection. */
  readonly keyKind?: KeyKind | null;
  /** Whether the chat service knows the server as its partner. */
  readonly isPartner?: boolean;
  /** Stands between the server and the services that it asks. */
  readonly through?: (request: Request, ask: Fetch) => Promise<Response>;
  /** How many people work there. */
  readonly size?: number;
};

/** On PostgreSQL where there is one. The caller closes the database. */
export async function installedOffice({
  keyKind = 'partner',
  size,
  isPartner = false,
  through = (request, ask) => ask(request),
}: Options = {}): Promise<Office> {
  const open = await freshDatabase(quickest());
  let running: { readonly app: App } | undefined;
  const world = createWorld({
    clock: standingClock(),
    ...(size !== undefined && { size }),
    send: async request => (await running?.app(request)) ?? new Response(null, { status: 500 }),
  });
  const { integration } = world.crm;
  integration.redirectUri = `${integration.audience}/amocrm/authorized`;
  const ask = outside(world);
  const sent: string[] = [];
  const { clientId, email, password } = world.partners;
  const given: AppGiven = {
    database: open.database,
    ring: RING,
    integration: { id: integration.uuid, secret: integration.secret, redirectUri: integration.redirectUri },
    fetch: request => {
      sent.push(`${request.method} ${request.url}`);
      return through(request, ask);
    },
    hosts: HOSTS,
    marketplace: MARKETPLACE,
    ...(isPartner && { partner: { clientId, email, password } }),
    now: () => new Date(world.clock.now()),
  };
  const { app, accounts, following, alarms, connections, journeys, partnerGrants, purges } = createApp(given);
  running = { app };
  const admin = world.crm.users.get(ADMIN);
  if (!admin) throw new Error('The office has an administrator');
  await pressInstall(world, world.crm, integration, admin);
  const worked = async (): Promise<void> => {
    await accounts.arrivals.exchangeAll(new AbortController().signal);
  };
  await worked();
  const office: Office = {
    world,
    open,
    app,
    origin: integration.audience,
    async allow() {
      await app(new Request(allowedAddress(world.crm, integration, admin, '')));
      await worked();
    },
    accounts,
    sent,
    following,
    alarms,
    connections,
    journeys,
    partnerGrants,
    purges,
    another: () => createApp(given),
    async ask(who, route, body, ifMatch = '*') {
      const [method = 'GET', path = '/'] = route.split(' ');
      const headers = {
        Origin: world.crm.account.origin,
        'X-Auth-Token': await signed(claimsOf(world, who), integration.secret),
        'If-Match': ifMatch,
      };
      return app(
        new Request(`https://server.invalid${path}`, {
          method,
          headers,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      );
    },
  };
  if (keyKind === null) return office;
  const key = [...world.chat.keys].find(([, kind]) => kind === keyKind)?.[0];
  const connected = await office.ask(ADMIN, 'PUT /connection', { key });
  if (!connected.ok) throw new Error(await connected.text());
  return office;
}
