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
import type { AccountEnv, RequestContext } from './call.ts';
import { createConnecting, type Connecting } from './connections/connecting.ts';
import type { Partner } from './chat/wazzup/partner/oauth.ts';
import type { Marketplace } from './chat/wazzup/wauth.ts';
import { frameRoutes } from './frames/routes.ts';
import type { PageFiles } from './frames/files.ts';
import { realPages, type PipedrivePages } from './crm/pipedrive/host.ts';
import { pipedrive } from './crm/pipedrive/kit.ts';
import { guestPages } from './gateway/guest-pages.ts';
import type { AnswerAs } from './gateway/handle.ts';
import { realHosts, type AccountHosts } from './crm/amocrm/host.ts';
import { amoCrm } from './crm/amocrm/kit.ts';
import { kitsByAccount } from './accounts/kits.ts';
import type { Integration } from './crm/oauth.ts';
import { claimRoutes } from './claims/routes.ts';
import { chatStatus } from './claims/chat-status.ts';
import { createCrowd } from './http/crowd.ts';
import { lookedAt } from './gateway/clients.ts';
import type { GatewayConfig } from './gateway/config.ts';
import type { Proof } from './caller.ts';
import type { Fetch } from './http/fetch.ts';
import { clientRoutes } from './follow/routes.ts';
import { createFollowing, type Following } from './follow/following.ts';
import { hookRoutes } from './hooks/routes.ts';
import { answerCall } from './gateway/handle.ts';
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

export type Sends = 'check-clients' | 'look-at-grant';

/** Our app in Pipedrive. */
export type PipedriveApp = {
  readonly integration: Integration;
  /** Signs what pages are told of their person; the app's own secret where its surfaces have none. */
  readonly jwtSecret?: string;
  readonly files: PageFiles;
  /** Where browsers meet Pipedrive, unless it is the real one. */
  readonly pages?: PipedrivePages;
};

export type AppGiven = {
  readonly database: Database;
  readonly ring: KeyRing;
  /** At amoCRM and Kommo; absent where the server is for Pipedrive alone. */
  readonly integration?: Integration | undefined;
  /** Absent where the server is for amoCRM and Kommo alone. */
  readonly pipedrive?: PipedriveApp | undefined;
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
  const { database, ring, integration, pipedrive: framed, fetch, hosts, now = () => new Date() } = given;
  const { accountHosts = realHosts, wake = async () => undefined, send = async () => undefined } = given;
  const withLease = leasesIn(database);
  const history = historyIn(database);
  const ringSeal = sealWith(ring);
  const seal = accountSealIn({ database, ringSeal, now });
  const pace = paceIn(database);
  const { redirectUri } = integration ?? framed?.integration ?? {};
  if (redirectUri === undefined) throw new Error('The server is set up for no CRM');
  const { origin } = new URL(redirectUri);
  const guest = integration ? amoCrm({ fetch, integration, accountHosts, now }) : null;
  const framedKit = framed
    ? pipedrive({ jwtSecret: framed.integration.secret, pages: realPages, ...framed, fetch, now })
    : null;
  const kits = kitsByAccount(
    database,
    [guest, framedKit].filter(kit => kit !== null),
  );
  const accounts = createAccounts({ database, seal, ringSeal, withLease, pace, kits, guest, wake, now });
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

  const employeesChanged = async (accountId: string, employeeIds: readonly string[]): Promise<void> =>
    send('look-at-grant', await grants.of(accountId, employeeIds));
  const checkSoon = (accountId: string): Promise<void> => send('check-clients', [accountId]);
  const connected = async (accountId: string): Promise<void> =>
    following.checking.begin(accountId).then(() => checkSoon(accountId));
  const connectingRoutes = connecting.routes({ history, connected, grants });

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
          chatStatus(async patience => {
            const config = await gatewayOf(env.account.id, env.proof);
            return lookedAt({ caller: env.caller, config: { ...config, patience } }, contactId, []);
          }),
        heard: async (accountId, owner) => {
          await following.heardOwners.hear(accountId, [owner]);
          return (await following.heardOwners.of(accountId, owner.contactId))?.stamp ?? null;
        },
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

  const answerAs: AnswerAs = (request, account, proof, caller) =>
    crowd.within(account.id, caller.employeeId, async () =>
      routes.fetch(request, { account, caller: await withRights(account.id, caller), proof, config: own }),
    );
  const app = new Hono<{ Bindings: RequestContext }>();
  if (framed && framedKit)
    app.route(
      '/',
      frameRoutes({
        ...framed,
        database,
        kit: framedKit,
        accounts,
        pace,
        ownSettings,
        heardOwners: following.heardOwners,
        answerAs,
        now,
      }),
    );
  if (guest && integration)
    app
      .route('/', installRoutes({ arrivals, redirectUri: integration.redirectUri, kit: guest }))
      .get(DISABLED, async ({ req }) => {
        const isSigned = await disabling.receive(new URL(req.url).searchParams);
        return new Response(null, { status: isSigned ? 200 : 403 });
      });
  const ofGuests = guest && guestPages({ kit: guest, database, answerAs, now });
  app
    .route('/', hookRoutes({ ...following, employeesChanged }))
    .route('/', connectingRoutes.ofBrowsers)
    .all('*', ({ req, env }) => ofGuests?.(req.raw, env) ?? refusal('ROUTE_UNKNOWN'))
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
