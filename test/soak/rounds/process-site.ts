/**
 * The built server in its own process, under the sandbox's host name. It can be killed, and starts again with what its
 * database has. It accepts only accounts in the CRM's own zones, so requests of pages are forwarded as if they came
 * from such an account.
 */
import { http, HttpResponse } from 'msw';
import { crmHosts } from '../../mocks/amocrm/hosts.ts';
import { allowedAddress } from '../../mocks/amocrm/installing.ts';
import { answer } from '../../mocks/answer.ts';
import { listen, redirected, type Mount } from '../../mocks/http.ts';
import {
  environmentOf,
  headersOf,
  leading,
  type Instance,
  type Program,
} from '../../support/built-server.ts';
import { ADMIN } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import type { SandboxState } from '../../sandbox/sandbox-state.ts';
import type { ServerSite } from '../../sandbox/server-site.ts';

/** The CRM's address for requests that do not come from its pages. */
const CRM_ORIGIN = 'https://crm.amocrm.ru';

export type ProcessSite = {
  /** Replaces the server that shares a process with the sandbox. */
  readonly site: (state: SandboxState) => ServerSite;
  readonly start: (world: World, chatService: ChatService) => Promise<void>;
  /** Kills the server without warning and starts it again. Requests in between fail. */
  readonly kill: () => Promise<void>;
  /** Sends a request as this employee's page would. Returns null while the server is down. */
  readonly ask: (
    who: number,
    route: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response | null>;
  /** The output of all server processes so far. */
  readonly said: () => string;
};
type ChatService = { readonly api: string; readonly settings: string };

export function processSite(
  program: Program,
  place: { readonly DATABASE_URL: string } | { readonly DATA_FOLDER: string },
): ProcessSite {
  let instance: Instance | null = null;
  let environment: Readonly<Record<string, string>> = {};
  let office: { readonly world: World; readonly crm: Mount } | null = null;
  let before = '';

  async function forwarded(request: Request): Promise<Response> {
    const page = request.headers.get('Origin');
    const headers = new Headers(request.headers);
    headers.delete('Host');
    headers.delete('Connection');
    if (page !== null) headers.set('Origin', CRM_ORIGIN);
    const { pathname, search } = new URL(request.url);
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const body = hasBody ? await request.arrayBuffer() : null;
    const to = (instance?.origin ?? 'http://127.0.0.1:9') + pathname + search;
    const { method, signal } = request;
    const answered = await fetch(to, { method, headers, body, signal }).catch(() => null);
    if (!answered) return HttpResponse.error();
    const back = new Headers(answered.headers);
    // `fetch` has already decoded the body, so these headers no longer fit it.
    for (const name of ['Content-Encoding', 'Content-Length', 'Transfer-Encoding']) back.delete(name);
    if (page !== null && back.get('Access-Control-Allow-Origin') === CRM_ORIGIN)
      back.set('Access-Control-Allow-Origin', page);
    return new Response(answered.body, { status: answered.status, headers: back });
  }

  const start = async (): Promise<void> => {
    instance = await program.start(environment);
  };
  const end = async (): Promise<void> => {
    const ending = instance;
    instance = null;
    before += ending?.said() ?? '';
    await ending?.end('SIGKILL');
  };

  return {
    site({ world, requests }) {
      const handlers = [http.all('*', ({ request }) => forwarded(request))];
      return {
        async answer(request) {
          const { method, url } = request;
          if (method !== 'OPTIONS') requests.push({ person: undefined, to: 'gateway', method, url });
          return answer(world, handlers, request);
        },
        connect: () => undefined,
        follow: () => undefined,
        async endGrants() {
          throw new Error('Only the process of the server can end its grants');
        },
        // Its database is removed with it.
        leave: () => Promise.resolve(),
        async close() {
          await end();
          await office?.crm.close();
        },
      };
    },
    async start(world, { api, settings }) {
      world.crm.account.origin = CRM_ORIGIN;
      const hosts = crmHosts(world);
      const mount = await listen(
        async request =>
          (await hosts(redirected(request, CRM_ORIGIN))) ?? new Response(null, { status: 404 }),
      );
      office = { world, crm: mount };
      const [key = ''] = [...world.chat.keys].find(([, kind]) => kind === 'partner') ?? [];
      environment = {
        ...environmentOf(world, mount),
        LONG_LIVED_TOKEN: await tokenOf(world),
        WAZZUP_KEY: key,
        WAZZUP_API: api,
        WAZZUP_SETTINGS: settings,
        ...place,
        NODE_OPTIONS: leading(new URL(CRM_ORIGIN).host, mount.origin),
      };
      await start();
    },
    async kill() {
      await end();
      await start();
    },
    async ask(who, route, body, headers = {}) {
      const [method = 'GET', path = ''] = route.split(' ');
      if (!office || !instance) return null;
      return fetch(instance.origin + path, {
        method,
        headers: { ...(await headersOf(office.world, who)), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch(() => null);
    },
    said: () => before + (instance?.said() ?? ''),
  };
}

async function tokenOf(world: World): Promise<string> {
  const { crm } = world;
  const admin = crm.users.get(ADMIN);
  if (!admin) throw new Error('The office has no administrator');
  const code = allowedAddress(crm, crm.integration, admin, '').searchParams.get('code');
  const { uuid: client_id, secret: client_secret, redirectUri: redirect_uri } = crm.integration;
  const asked = { client_id, client_secret, redirect_uri, grant_type: 'authorization_code', code };
  const answered = await crmHosts(world)(
    new Request(`${crm.account.origin}/oauth2/access_token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    }),
  );
  if (!(answered instanceof Response)) throw new Error('The CRM gave no token');
  const { access_token: token } = await answered.json();
  return String(token);
}
