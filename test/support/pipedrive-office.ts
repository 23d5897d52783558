/** The whole server, configured for Pipedrive, with an emulated company, all in this process. */
import { inject } from 'vitest';
import { createApp, type AppGiven, type Running } from '../../server/app.ts';
import type { Fetch } from '../../server/http/fetch.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { allowedAddress } from '../mocks/pipedrive/consent.ts';
import { basic } from '../mocks/pipedrive/basic.ts';
import { signedToken } from '../mocks/pipedrive/signed-token.ts';
import { outside } from '../mocks/outside.ts';
import { freshDatabase, type Kind } from './databases.ts';
import { standingClock } from '../world/clock.ts';
import { ADMIN } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import { createWorld, type World } from '../world/world.ts';

const HOSTS = { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' };
const PAGES: Readonly<Record<string, string>> = {
  'panel.html': '<!doctype html><title>panel</title>',
  'settings.html': '<!doctype html><title>settings</title>',
  'assets/pipedrive-1a2b.js': 'export {};',
};
export const patient = (): AbortSignal => new AbortController().signal;

/** A browser that keeps the server's cookies, regardless of their path. */
export type Browser = { readonly go: (address: string) => Promise<Response> };

export type PipedriveOffice = Running & {
  readonly world: World;
  readonly company: Company;
  readonly open: OpenDatabase;
  readonly origin: string;
  /** "METHOD address" of the server's requests. */
  readonly sent: string[];
  /** Answers instead of the outside world while it is set. */
  strike: ((request: Request) => Promise<Response | 'lost' | undefined>) | null;
  readonly browser: () => Browser;
  /** Exchanges every waiting code. */
  readonly worked: () => Promise<void>;
  /** This person allows the app, as from the marketplace. */
  readonly allow: (userId?: number, company?: Company) => Promise<void>;
  /** Sends a request as one of our pages in the company's frame. */
  readonly ask: (who: number, route: string, body?: unknown) => Promise<Response>;
  readonly askWith: (token: string | null, route: string, body?: unknown) => Promise<Response>;
  /** Calls the callback as the CRM's own servers do. */
  readonly called: (method: 'DELETE' | 'POST', body: unknown, password?: string) => Promise<Response>;
  readonly accountId: (company?: Company) => Promise<string>;
  readonly state: (company?: Company) => Promise<string>;
  /** Runs the tasks that the server has queued for itself. */
  readonly errandsRun: () => Promise<void>;
  /** The task that runs daily and after each change of grants. */
  readonly hooksKept: () => Promise<void>;
  /** Another instance with the same database. */
  readonly another: () => Running;
};

export async function pipedriveOffice(
  kind: Kind = inject('postgres') === '' ? 'embedded' : 'postgres',
): Promise<PipedriveOffice> {
  const open = await freshDatabase(kind);
  const running: { app?: Running['app'] } = {};
  const world = createWorld({
    clock: standingClock(),
    send: async request => (await running.app?.(request)) ?? new Response(null, { status: 500 }),
  });
  const company = world.pipedrive.openCompany({ domain: 'acme' });
  const { app } = world.pipedrive;
  const sent: string[] = [];
  const emulated = outside(world);
  const fetch: Fetch = async request => {
    sent.push(`${request.method} ${request.url}`);
    const struck = await office.strike?.(request.clone());
    if (struck instanceof Response) return struck;
    const answered = await emulated(request);
    if (struck === 'lost') throw new TypeError('No answer');
    return answered;
  };
  const grantsToLookAt: string[] = [];
  const given: AppGiven = {
    database: open.database,
    ring: [{ id: 'a', key: new Uint8Array(32) }],
    pipedrive: {
      integration: { id: app.clientId, secret: app.clientSecret, redirectUri: app.callback },
      files(name) {
        const text = PAGES[name];
        return text === undefined
          ? null
          : {
              bytes: new TextEncoder().encode(text),
              type: name.endsWith('.js') ? 'text/javascript' : 'text/html',
            };
      },
    },
    fetch,
    hosts: HOSTS,
    async send(errand, ids) {
      if (errand === 'look-at-grant') grantsToLookAt.push(...ids);
    },
    now: () => new Date(world.clock.now()),
  };
  const server = createApp(given);
  running.app = server.app;
  const { origin } = new URL(app.callback);
  const accountOf = ({ id }: Company) =>
    open.database
      .selectFrom('account')
      .selectAll()
      .where('crm', '=', 'pipedrive')
      .where('crmAccountId', '=', String(id))
      .executeTakeFirstOrThrow();
  const office: PipedriveOffice = {
    ...server,
    world,
    company,
    open,
    origin,
    sent,
    strike: null,
    browser() {
      const cookies = new Map<string, string>();
      return {
        async go(address) {
          const Cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
          const answer = await server.app(new Request(new URL(address, origin), { headers: { Cookie } }));
          for (const set of answer.headers.getSetCookie()) {
            const [pair = ''] = set.split(';');
            const at = pair.indexOf('=');
            if (set.includes('Max-Age=0')) cookies.delete(pair.slice(0, at));
            else cookies.set(pair.slice(0, at), pair.slice(at + 1));
          }
          return answer;
        },
      };
    },
    async worked() {
      await server.accounts.arrivals.exchangeAll(patient());
    },
    async allow(userId = ADMIN, where = company) {
      await office.browser().go(allowedAddress(world, where, userId).href);
      await office.worked();
    },
    ask: async (who, route, body) => office.askWith(await signedToken(company, who), route, body),
    async askWith(token, route, body) {
      const [method = 'GET', path = '/'] = route.split(' ');
      return server.app(
        new Request(`${origin}/pipedrive/api${path}`, {
          method,
          headers: token === null ? {} : { 'X-Auth-Token': token },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      );
    },
    called(method, body, password = app.clientSecret) {
      const headers = { Authorization: basic(app.clientId, password), 'Content-Type': 'application/json' };
      const call: RequestInit = { method, headers, body: JSON.stringify(body) };
      return server.app(new Request(app.callback, call));
    },
    accountId: async (where = company) => (await accountOf(where)).id,
    state: async (where = company) => (await accountOf(where)).state,
    async errandsRun() {
      for (const id of grantsToLookAt.splice(0)) await server.accounts.lookAtGrant(id, patient());
    },
    async hooksKept() {
      const { subscriptions } = server.following;
      for (const id of await subscriptions.due()) await subscriptions.keep(id, patient());
    },
    another: () => createApp(given),
  };
  return office;
}

/** The call that an administrator's uninstall causes. */
export const takenBackBy = ({ company }: PipedriveOffice, userId: number) => ({
  client_id: company.app.clientId,
  company_id: company.id,
  user_id: userId,
  timestamp: '2026-01-05T12:34:56.789Z',
});
