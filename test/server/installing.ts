/** Two instances on one PostgreSQL of the code that installs accounts and keeps their grants, with the emulated CRM. */
import { createAccounts, type Accounts } from '../../server/accounts/accounts.ts';
import { createCrmApi } from '../../server/accounts/crm-api.ts';
import { realHosts } from '../../server/crm/amocrm/host.ts';
import { amoCrm } from '../../server/crm/amocrm/kit.ts';
import { kitsByAccount } from '../../server/accounts/kits.ts';
import type { CrmApi } from '../../server/crm/api.ts';
import type { CrmKit } from '../../server/crm/kit.ts';
import type { Fetch } from '../../server/http/fetch.ts';
import { accountSealIn } from '../../server/store/account-seal.ts';
import { openDatabase, type OpenDatabase } from '../../server/store/database.ts';
import { leasesIn } from '../../server/store/lease.ts';
import { paceIn } from '../../server/store/pace.ts';
import { sealWith } from '../../server/store/seal.ts';
import { crmHosts } from '../mocks/amocrm/hosts.ts';
import { pressInstall } from '../mocks/amocrm/installing.ts';
import { standingClock } from '../world/clock.ts';
import type { Crm, CrmUser } from '../world/crm.ts';
import { ADMIN } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { freshPostgres } from '../support/databases.ts';

export const REDIRECT = 'https://chat.example.com/amocrm/authorized';
const DISABLED = 'https://chat.example.com/amocrm/disabled';
const ringSeal = sealWith([{ id: 'first', key: crypto.getRandomValues(new Uint8Array(32)) }]);

export type Instance = Accounts & {
  readonly open: OpenDatabase;
  readonly api: CrmApi;
  readonly arrivalIn: CrmKit['arrivalIn'];
};

async function instanceFor({ clock, crm }: World, url: string, fetch: Fetch): Promise<Instance> {
  const open = await openDatabase({ kind: 'postgres', url });
  const { database } = open;
  const { uuid: id, secret } = crm.integration;
  const now = (): Date => new Date(clock.now());
  const integration = { id, secret, redirectUri: REDIRECT };
  const kit = amoCrm({ fetch, integration, accountHosts: realHosts, now });
  const accounts = createAccounts({
    database,
    ringSeal,
    seal: accountSealIn({ database, ringSeal, now }),
    withLease: leasesIn(database),
    pace: paceIn(database),
    kits: kitsByAccount(database, [kit]),
    guest: kit,
    wake: async () => undefined,
    now,
  });
  const { arrivalIn } = kit;
  return { ...accounts, open, arrivalIn, api: createCrmApi({ kit, grants: accounts.grants }) };
}

/** A new signal for each caller, because Node warns of many listeners on one. */
export const patient = (): AbortSignal => new AbortController().signal;

/** True if the code was kept, or the query has none. */
export async function received(
  { arrivals, arrivalIn }: Instance,
  query: URLSearchParams,
  caller: string | null = null,
): Promise<boolean> {
  const arrived = arrivalIn(query);
  return arrived === null || (await arrivals.receive(arrived, caller)) !== null;
}

export type Stage = {
  readonly world: World;
  readonly instances: readonly [Instance, Instance];
  /** "METHOD host/path" of every request that was sent. */
  readonly sent: string[];
  /** Answers in place of the CRM while it is set. `lost`: the CRM did what was asked, and the answer is lost. */
  strike: ((request: Request) => Promise<Response | 'lost' | undefined>) | null;
  readonly install: (id?: number, crm?: Crm) => Promise<void>;
  /** Exchanges every waiting code, on both instances at once. */
  readonly workAll: () => Promise<void>;
  readonly accounts: () => ReturnType<typeof accountsIn>;
  readonly accountId: (crm?: Crm) => Promise<string>;
  readonly tokenCalls: () => number;
  /** The status that the CRM answers to this token. */
  readonly worksAt: (crm: Crm, token: string) => Promise<number>;
  readonly close: () => Promise<void>;
};

const accountsIn = ({ open }: Instance) => open.database.selectFrom('account').selectAll().execute();

export const person = (crm: Crm, id: number): CrmUser => {
  const user = crm.users.get(id);
  if (!user) throw new Error(`Nobody is ${id}`);
  return user;
};

export async function installingStage(): Promise<Stage> {
  const world = createWorld({
    clock: standingClock(),
    // The CRM's calls reach the first instance.
    send: async ({ url }) => {
      const { pathname, searchParams } = new URL(url);
      const [{ disabling }] = stage.instances;
      await (pathname === new URL(DISABLED).pathname
        ? disabling.receive(searchParams)
        : received(stage.instances[0], searchParams));
      return new Response();
    },
  });
  world.crm.integration.redirectUri = REDIRECT;
  world.crm.integration.disableUri = DISABLED;
  const crm = crmHosts(world);
  const fetch: Fetch = async request => {
    const { host, pathname } = new URL(request.url);
    stage.sent.push(`${request.method} ${host}${pathname}`);
    const struck = await stage.strike?.(request.clone());
    if (struck instanceof Response) return struck;
    const answered = await crm(request);
    if (!(answered instanceof Response) || struck === 'lost') throw new TypeError('No answer');
    return answered;
  };
  const url = await freshPostgres();
  const instances = [await instanceFor(world, url, fetch), await instanceFor(world, url, fetch)] as const;
  const stage: Stage = {
    world,
    instances,
    sent: [],
    strike: null,
    install: (id = ADMIN, account = world.crm) =>
      pressInstall(world, account, account.integration, person(account, id)),
    async workAll() {
      await Promise.all(
        instances.map(async ({ arrivals }) => {
          await arrivals.exchangeAll(patient());
        }),
      );
    },
    accounts: () => accountsIn(instances[0]),
    async accountId(account = world.crm) {
      const all = await accountsIn(instances[0]);
      const found = all.find(({ crmAccountId }) => crmAccountId === String(account.account.id));
      if (!found) throw new Error('The account is not known');
      return found.id;
    },
    tokenCalls: () => stage.sent.filter(one => one.endsWith('/oauth2/access_token')).length,
    async worksAt({ account }, token) {
      const headers = { Authorization: `Bearer ${token}` };
      const answered = await crm(new Request(`${account.origin}/api/v4/account`, { headers }));
      return answered instanceof Response ? answered.status : 0;
    },
    async close() {
      await Promise.all(instances.map(({ open }) => open.close()));
    },
  };
  return stage;
}
