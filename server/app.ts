/**
 * One server for every account that installs the integration. Which account a request is about is said by the page's origin
 * and proven by its token; every query after that carries the account of the proof. Each noun's routes are in its own folder
 * and mounted here.
 */
import { Hono } from 'hono';
import { administratorsBy } from './accounts/administrators.ts';
import { createAccounts, type Accounts, type Wakes } from './accounts/accounts.ts';
import { createAlarms, type Alarms } from './alarms/alarms.ts';
import type { AlarmKind } from './alarms/kind.ts';
import { createTroubles } from './alarms/trouble.ts';
import { installRoutes } from './accounts/install-routes.ts';
import { accountsAtHosts } from './accounts/at-host.ts';
import type { AccountEnv } from './call.ts';
import { createConnecting, type Connecting } from './connections/connecting.ts';
import type { Partner } from './chat/wazzup/partner/oauth.ts';
import type { Marketplace } from './chat/wazzup/wauth.ts';
import { realHosts, type AccountHosts } from './crm/amocrm/host.ts';
import { amoCrm } from './crm/amocrm/kit.ts';
import { kitsByAccount } from './accounts/kits.ts';
import type { Integration } from './crm/oauth.ts';
import { claimRoutes } from './claims/routes.ts';
import { chatShown } from './claims/chat-shown.ts';
import { createCrowd } from './http/crowd.ts';
import { lookedAt } from './gateway/clients.ts';
import type { GatewayConfig } from './gateway/config.ts';
import type { Proof } from './caller.ts';
import { withCors } from './http/cors.ts';
import type { Fetch } from './http/fetch.ts';
import { clientRoutes } from './follow/routes.ts';
import { createFollowing, type Following } from './follow/following.ts';
import { hookRoutes } from './hooks/routes.ts';
import { answerCall, proven } from './gateway/handle.ts';
import { codeOf } from './http/code.ts';
import { Refused, refusal } from './http/refusal.ts';
import { accountRolesBy } from './gateway/account-roles.ts';
import { refused } from './gateway/routes.ts';
import { historyIn } from './history/change.ts';
import { historyRoutes } from './history/routes.ts';
import { createLeaving } from './leaving/leaving.ts';
import { createPurges, type Purges } from './leaving/purge.ts';
import { leavingRoutes } from './leaving/routes.ts';
import { ownSettingsIn } from './own-settings/own-settings.ts';
import { ownSettingsRoutes } from './own-settings/routes.ts';
import type { Database } from './store/database.ts';
import { leasesIn } from './store/lease.ts';
import { paceIn } from './store/pace.ts';
import { sealWith, type KeyRing } from './store/seal.ts';
import { accountSealIn } from './store/account-seal.ts';

export type Sends = 'check-clients';

export type AppGiven = {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly integration: Integration;
  /** Into the CRM and the chat service. */
  readonly fetch: Fetch;
  /** Of the chat service. */
  readonly hosts: { readonly api: string; readonly settings: string };
  /** Has work done that has just come; without it the work waits for the next look. */
  readonly wake?: (what: Wakes) => Promise<void>;
  /** Has an errand run for these ids. */
  readonly send?: (errand: Sends, ids: readonly string[]) => Promise<void>;
  /** Told what went wrong while the server worked by itself. */
  readonly failed?: (error: unknown) => void;
  /** Told when something has begun to be wrong with an account. */
  readonly alarmed?: (accountId: string, kind: AlarmKind) => void;
  /** Where accounts live: in the CRM's own zones, unless it is emulated. */
  readonly accountHosts?: AccountHosts;
  /** Our entry in the chat service's marketplace. Without one, accounts connect with a key. */
  readonly marketplace?: Marketplace | undefined;
  /** How the chat service knows us as its partner. Without it, roles are written only where a key does so. */
  readonly partner?: Partner | undefined;
  readonly now?: () => Date;
};

/** What is told while a request is answered, for the log. */
export type RequestContext = Pick<Proof, 'onCaller' | 'onDefect'> & {
  readonly onAccount?: (accountId: string) => void;
  /** The network address that the request came from, where it is known. */
  readonly from?: string | undefined;
};
export type App = (request: Request, context?: RequestContext) => Promise<Response>;
export type Running = {
  readonly app: App;
  /** What the server's own jobs work on (operations/duties.ts). */
  readonly accounts: Accounts;
  readonly following: Following;
  readonly alarms: Alarms;
  readonly purges: Purges;
} & Pick<Connecting, 'connections' | 'partnerGrants' | 'journeys'>;

/** Registered beside the redirect address: told when an account switches the integration off. */
const DISABLED = '/amocrm/disabled';

export function createApp(given: AppGiven): Running {
  const { database, ring, integration, fetch, hosts, now = () => new Date() } = given;
  const { accountHosts = realHosts, wake = async () => undefined, send = async () => undefined } = given;
  const withLease = leasesIn(database);
  const history = historyIn(database);
  const ringSeal = sealWith(ring);
  const seal = accountSealIn({ database, ringSeal, now });
  const pace = paceIn(database);
  const { origin } = new URL(integration.redirectUri);
  const kit = amoCrm({ fetch, integration, accountHosts, now });
  const kits = kitsByAccount(database, [kit]);
  const { disabledIn } = kit;
  const accounts = createAccounts({ database, seal, ringSeal, withLease, pace, kits, disabledIn, wake, now });
  const { arrivals, disabling, crmOf, grants } = accounts;
  const connecting = createConnecting({ ...given, seal, ringSeal, withLease, origin, now });
  const { connections } = connecting;
  const ownSettings = ownSettingsIn(database);
  const roles = accountRolesBy({ connections, hosts, fetch });
  const following = createFollowing({
    database,
    seal,
    crmOf,
    fetch,
    ...hosts,
    origin,
    failed: given.failed ?? (() => undefined),
    giver: grants.giver,
    mayTell: roles.mayAnswer,
    rolesOf: roles.of,
    now,
  });
  const { claims, lanes } = following;
  const alarms = createAlarms({
    database,
    troubles: createTroubles({
      database,
      connections,
      fetch,
      api: hosts.api,
      isPartner: given.partner !== undefined,
      now,
    }),
    crmOf,
    grants,
    began: given.alarmed ?? (() => undefined),
    now,
  });
  const leaving = createLeaving({ database, connections, fetch, hosts, rolesOf: roles.of, now });
  const own = { admins: [], history, ownSettings };
  const withRights = administratorsBy(
    {
      isAdministrator: async (accountId, employeeId, patience) =>
        (await crmOf(accountId)).isAdministrator(accountId, employeeId, patience),
    },
    now,
  );
  const crowd = createCrowd();

  const checkSoon = (accountId: string): Promise<void> => send('check-clients', [accountId]);
  const connected = async (accountId: string): Promise<void> =>
    following.checking.begin(accountId).then(() => checkSoon(accountId));
  const connectingRoutes = connecting.routes({ history, connected, grants });

  const accountAt = accountsAtHosts(database, (request, host) => kit.proofAt(host).callerOf(request));

  async function gatewayOf(accountId: string, proof: Proof): Promise<GatewayConfig> {
    const connection = await connections.of(accountId);
    if (!connection) throw new Refused('CHAT_NOT_CONNECTED');
    return {
      ...proof,
      wazzup: { ...connection, ...hosts },
      records: (await crmOf(accountId)).records(accountId),
      follow: following.ofAccount(accountId),
      withLease,
      ...own,
      fetch,
    };
  }

  const routes = new Hono<{ Bindings: AccountEnv['Bindings'] & { readonly config: typeof own } }>()
    .route('/', connectingRoutes.ofAccount)
    .route('/', ownSettingsRoutes)
    .route('/', historyRoutes)
    .route('/', leavingRoutes({ database, leaving }))
    .route('/', clientRoutes({ ...following, checkSoon }))
    .route(
      '/',
      claimRoutes({
        claims,
        sees: async (accountId, employeeId, contactId) =>
          (await (await crmOf(accountId)).records(accountId).seenBy(employeeId, 'contacts', contactId)) !==
          null,
        takingIn: async (accountId, leaving) => (await crmOf(accountId)).taking?.(accountId, leaving) ?? null,
        chatOf: async (env, contactId) =>
          chatShown(async patience => {
            const config = await gatewayOf(env.account.id, env.proof);
            return lookedAt({ caller: env.caller, config: { ...config, patience } }, contactId, []);
          }),
        hint: (accountId, ids) => lanes.hint(accountId, claims.lanesOf(ids), 'live'),
      }),
    )
    .all('*', async ({ env: { account, caller, proof }, req }) => {
      const config = await gatewayOf(account.id, proof);
      const answer = await answerCall(req.raw, config, caller);
      if (req.method === 'PATCH' && req.path === '/settings' && (await codeOf(answer)) === 'KEY_TOO_WEAK')
        await connections.cannotWriteRoles(account.id);
      return answer;
    })
    .onError(refused);

  async function ofAPage(request: Request, context: RequestContext): Promise<Response> {
    const page = request.headers.get('Origin') ?? '';
    const host = kit.hostOf(page);
    if (host === null) return withCors(request, [], async () => refusal('ACCOUNT_UNKNOWN'));
    // A page of the CRM is told in words that it can read.
    const refuse = (code: 'ACCOUNT_UNKNOWN' | 'DATABASE_DOWN'): Promise<Response> =>
      withCors(request, [page], async () => refusal(code));
    const account = await accountAt(request, host).catch((error: unknown) => {
      context.onDefect?.(error);
      return null;
    });
    if (!account) return refuse(account === null ? 'DATABASE_DOWN' : 'ACCOUNT_UNKNOWN');
    context.onAccount?.(account.id);
    const proof = { ...kit.proofAt(host, account.crmAccountId), ...context, now };
    return proven(request, proof, caller =>
      crowd.within(account.id, caller.employeeId, async () =>
        routes.fetch(request, { account, caller: await withRights(account.id, caller), proof, config: own }),
      ),
    );
  }

  const app = new Hono<{ Bindings: RequestContext }>()
    .route('/', installRoutes({ arrivals, redirectUri: integration.redirectUri, kit }))
    .get(DISABLED, async ({ req }) => {
      const isSigned = await disabling.receive(new URL(req.url).searchParams);
      return new Response(null, { status: isSigned ? 200 : 403 });
    })
    .route('/', hookRoutes({ ...following, employeesChanged: async () => undefined }))
    .route('/', connectingRoutes.ofBrowsers)
    .all('*', ({ req, env }) => ofAPage(req.raw, env))
    .onError(refused);
  return {
    app: async (request, context = {}) => app.fetch(request, context),
    accounts,
    alarms,
    purges: createPurges({ database, seal, now }),
    ...connecting,
    following,
  };
}
