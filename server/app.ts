/**
 * One server for every account that installs the integration. A page's origin says which account a request is about, and its
 * token proves it; every later query carries the account of that proof. The routes of each noun are in its own folder and
 * mounted here.
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
  /** Signs the tokens of our pages in Pipedrive's frames. Absent when its surfaces use the app's own secret. */
  readonly jwtSecret?: string;
  readonly files: PageFiles;
  /** Addresses at which browsers reach Pipedrive; the real ones by default. */
  readonly pages?: PipedrivePages;
};

export type AppGiven = {
  readonly database: Database;
  readonly ring: KeyRing;
  /** At amoCRM and Kommo. Absent when the server is only for Pipedrive. */
  readonly integration?: Integration | undefined;
  /** Absent when the server is only for amoCRM and Kommo. */
  readonly pipedrive?: PipedriveApp | undefined;
  /** Sends requests to the CRM and the chat service. */
  readonly fetch: Fetch;
  /** The chat service's hosts. */
  readonly hosts: { readonly api: string; readonly settings: string };
  /** Starts newly arrived work at once. Without it, the work waits for the next scheduled run. */
  readonly wake?: (what: Wakes) => Promise<void>;
  /** Starts an errand for each of these ids. */
  readonly send?: (errand: Sends, ids: readonly string[]) => Promise<void>;
  /** Receives errors of the server's background work. */
  readonly failed?: (error: unknown) => void;
  /** Called when a problem of an account begins. */
  readonly alarmed?: (accountId: string, kind: AlarmKind) => void;
  /** The hosts of accounts: the CRM's own zones by default; an emulated CRM has others. */
  readonly accountHosts?: AccountHosts;
  /** Our entry in the chat service's marketplace. Without one, accounts connect with a key. */
  readonly marketplace?: Marketplace | undefined;
  /**
   * Our credentials as a partner of the chat service. Without them, roles are written only where the account's key allows it.
   */
  readonly partner?: Partner | undefined;
  readonly now?: () => Date;
};

export type App = (request: Request, context?: RequestContext) => Promise<Response>;
export type Running = {
  readonly app: App;
  /** Used by the server's own jobs (operations/duties.ts). */
  readonly accounts: Accounts;
  readonly following: Following;
  readonly alarms: Alarms;
  readonly purges: Purges;
} & Pick<Connecting, 'connections' | 'partnerGrants' | 'journeys'>;

/** Registered next to the redirect address. The CRM calls it when an account disables the integration. */
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
  if (redirectUri === undefined) throw new Error('No CRM is configured');
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
    grantOwner: grants.grantOwner,
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
          const latest = await following.heardOwners.of(accountId, owner.contactId);
          // A hook may have reported another owner in between, whom the page does not show yet.
          return latest?.ownerId === owner.ownerId ? latest.stamp : null;
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
