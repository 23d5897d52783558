/**
 * An emulated CRM with the built widget in it, the real server and the chat service's window: one world behind one
 * port. Open `officeAddress` in a browser; tests inspect `world` and `requests`.
 */
import { gallerySite, isForGallery } from '../gallery/site.ts';
import { answer, type Answer } from '../mocks/answer.ts';
import { isForCrm } from '../mocks/for-crm.ts';
import { listen, redirected, type Mount } from '../mocks/http.ts';
import { wazzupHandlers } from '../mocks/wazzup/handlers.ts';
import type { KeyKind } from '../world/chat.ts';
import type { Language } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import type { Database } from '../../server/store/database.ts';
import { addressesOn, siteOf, type Person } from './addresses.ts';
import { begin, sites, type Arrangements } from './beginning.ts';
import { ownDatabase } from './database.ts';
import { newOffice } from './office.ts';
import { buildPageFiles } from './page-files.ts';
import { furnish } from './ready-office.ts';
import type { SandboxRequest, SandboxState } from './sandbox-state.ts';
import { redirectOn, serverSite, type ServerSite } from './server-site.ts';
import { sent } from './sent.ts';
import { cookieSessions } from './session.ts';

export type { Person } from './addresses.ts';
export type { SandboxRequest } from './sandbox-state.ts';

export type SandboxOptions = Arrangements & {
  /** The widget's archive as uploaded to the CRM. A build for `ANY_SERVER` gets this sandbox's address. */
  readonly zip: Uint8Array;
  /** The server's database; by default one for all sandboxes of a process. */
  readonly database?: Database;
  /** Replaces the server in this process. */
  readonly server?: (state: SandboxState) => ServerSite;
  /** Distinguishes accounts in that database. */
  readonly office?: number;
  /** 0, the default, uses a free port. */
  readonly port?: number;
  /** Number of employees in the account, at least 5. */
  readonly size?: number;
  readonly language?: Language;
  /** Whether the CRM refuses the eighth request in a second. */
  readonly limiter?: boolean;
  /** The integration's own addresses, as its maker registered them. */
  readonly redirectUri?: string;
  readonly disableUri?: string;
  /** Reloads open pages after `install`. */
  readonly reload?: boolean;
  /** Extra milliseconds for each answer of the CRM's API and of the gateway, to simulate distance. */
  readonly latency?: number;
};

export type Sandbox = {
  readonly world: World;
  readonly officeAddress: string;
  readonly addressOf: (person: Person) => string;
  readonly gatewayAddress: string;
  /** The page on which people allow the integration. */
  readonly consentAddress: string;
  /** The addresses of the chat service's two API hosts, for servers and clients. */
  readonly chatService: { readonly api: string; readonly settings: string };
  /** From now on the server follows changes of clients in the CRM, whoever makes them and whichever pages are open. */
  readonly follow: () => void;
  /** The kind of the account's connected key; setting it connects another one. */
  keyKind: KeyKind;
  /** The account's administrator installs and connects. Requests to the server wait until that is done. */
  readonly connect: () => void;
  /** The server finds that the CRM no longer accepts any of its grants. */
  readonly endGrants: () => Promise<void>;
  /**
   * Requests to the CRM's API, the gateway and the chat service, in order; the pages' own requests are not included.
   */
  readonly requests: readonly SandboxRequest[];
  /** Everything that was requested and the sandbox lacks. */
  readonly lacking: ReadonlySet<string>;
  /** Uploads another archive. Open pages keep the old one until they are reloaded. */
  readonly install: (zip: Uint8Array) => void;
  readonly close: () => Promise<void>;
};

export async function startSandbox({
  zip,
  port = 0,
  size = 5,
  language = 'ru',
  limiter = false,
  reload = false,
  latency = 0,
  redirectUri,
  disableUri,
  database,
  server: otherServer,
  office = newOffice(),
  ready = false,
  ...arrangements
}: SandboxOptions): Promise<Sandbox> {
  const [pages, kept] = await Promise.all([buildPageFiles(), database ?? ownDatabase()]);
  let route: (request: Request) => Promise<Answer> = starting;
  const mount = await listen(request => route(request), { port });
  const addresses = addressesOn(mount.port);
  const world = createWorld({
    office,
    size,
    language,
    crmOrigin: addresses.person('office'),
    gatewayOrigin: addresses.gateway,
    chatOrigin: addresses.chats,
    crmLimiter: limiter,
    integration: {
      redirectUri: redirectUri ?? redirectOn(addresses),
      ...(disableUri !== undefined && { disableUri }),
    },
    send: request => sent(request, mount.port, route),
  });
  const sessions = cookieSessions(world);
  const { state, upload } = begin({ world, addresses, sessions, pages, zip }, arrangements);
  const { events } = state;
  const wazzup = await mountWazzup(state);
  const chatService = { api: wazzup.api.origin, settings: wazzup.tech.origin };
  const server = otherServer?.(state) ?? serverSite(state, kept);
  const answered = sites(state, server);
  const gallery = gallerySite();
  route = async request => {
    if (isForGallery(request)) return gallery(request);
    const isFar = isForCrm(request) || siteOf(request).kind === 'gateway';
    if (latency > 0 && isFar) await world.clock.wait(latency);
    return answered(request);
  };
  if (ready) {
    furnish(world);
    server.connect();
  }
  const unwatch = world.watch(() => events.send('changed'));

  return {
    world,
    officeAddress: `${addresses.person('office')}/`,
    addressOf: person => `${addresses.person(person)}/`,
    gatewayAddress: addresses.gateway,
    consentAddress: `http://www.localhost:${mount.port}/oauth?client_id=${world.crm.integration.uuid}`,
    chatService,
    get keyKind() {
      return state.keyKind;
    },
    set keyKind(kind) {
      state.keyKind = kind;
      server.connect();
    },
    connect: server.connect,
    follow: server.follow,
    endGrants: server.endGrants,
    requests: state.requests,
    get lacking() {
      return new Set([...state.lacking, ...world.unhandledRequests]);
    },
    install(next) {
      upload(next);
      if (reload) events.send('reload');
    },
    async close() {
      unwatch();
      await server.close();
      await Promise.all([mount.close(), wazzup.api.close(), wazzup.tech.close()]);
    },
  };
}

type Wazzup = { readonly api: Mount; readonly tech: Mount };

/** The chat service's two API hosts, which only the gateway talks to. */
async function mountWazzup({ world, requests }: SandboxState): Promise<Wazzup> {
  const handlers = wazzupHandlers(world);
  const mountAs = (origin: string): Promise<Mount> =>
    listen(request => {
      const asked = redirected(request, origin);
      requests.push({ person: undefined, to: 'wazzup', method: asked.method, url: asked.url });
      return answer(world, handlers, asked);
    });
  const [api, tech] = await Promise.all([
    mountAs('https://api.wazzup24.com'),
    mountAs('https://tech.wazzup24.com'),
  ]);
  return { api, tech };
}

const starting = async (): Promise<Answer> => new Response(null, { status: 503 });
