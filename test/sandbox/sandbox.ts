/**
 * An emulated CRM with the built widget in it, the real gateway and the chat service's window: one world
 * behind one port. Open `officeAddress` in a browser; tests look into `world` and `requests`.
 */
import { gallerySite, isForGallery } from '../gallery/site.ts';
import { answer, type Answer } from '../mocks/answer.ts';
import { isForCrm } from '../mocks/for-crm.ts';
import { listen, redirected, type Mount } from '../mocks/http.ts';
import { wazzupHandlers } from '../mocks/wazzup/handlers.ts';
import type { KeyKind } from '../world/chat.ts';
import type { Language } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { addressesOn, siteOf, type Person } from './addresses.ts';
import { begin, sites, type Arrangements } from './beginning.ts';
import { buildPageFiles } from './page-files.ts';
import type { SandboxRequest, SandboxState } from './sandbox-state.ts';
import { cookieSessions } from './session.ts';

export type { Person } from './addresses.ts';
export type { SandboxRequest } from './sandbox-state.ts';

export type SandboxOptions = Arrangements & {
  /** The widget's archive, as it would be uploaded to the CRM. */
  readonly zip: Uint8Array;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Employees in the account, 5 at least. */
  readonly size?: number;
  readonly language?: Language;
  /** Whether the CRM refuses the eighth request in a second. */
  readonly limiter?: boolean;
  /** Open pages reload after `install`. */
  readonly reload?: boolean;
  /** Milliseconds that each answer of the CRM's API and of the gateway takes more, as if they were far away. */
  readonly latency?: number;
};

export type Sandbox = {
  readonly world: World;
  readonly officeAddress: string;
  readonly addressOf: (person: Person) => string;
  readonly gatewayAddress: string;
  /** Which key the gateway has; a change takes effect at once. */
  keyKind: KeyKind;
  /** What was asked of the CRM's API, the gateway and the chat service, in order; the pages' own needs are not here. */
  readonly requests: readonly SandboxRequest[];
  /** What widgets asked for and the sandbox lacks, in the order of asking. */
  readonly lacking: ReadonlySet<string>;
  /** Uploads another archive. Pages that are open keep the old one until they are loaded again. */
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
  ...arrangements
}: SandboxOptions): Promise<Sandbox> {
  const pages = await buildPageFiles();
  let route: (request: Request) => Promise<Answer> = starting;
  const mount = await listen(request => route(request), { port });
  const addresses = addressesOn(mount.port);
  const world = createWorld({
    size,
    language,
    crmOrigin: addresses.person('office'),
    gatewayOrigin: addresses.gateway,
    chatOrigin: addresses.chats,
    crmLimiter: limiter,
  });
  const sessions = cookieSessions(world);
  const { state, upload } = begin({ world, addresses, sessions, pages, zip }, arrangements);
  const { events } = state;
  const wazzup = await mountWazzup(state);
  const answered = sites(state, { api: wazzup.api.origin, settings: wazzup.tech.origin });
  const gallery = gallerySite();
  route = async request => {
    if (isForGallery(request)) return gallery(request);
    const isFar = isForCrm(request) || siteOf(request).kind === 'gateway';
    if (latency > 0 && isFar) await world.clock.wait(latency);
    return answered(request);
  };
  const unwatch = world.watch(() => events.send('changed'));

  return {
    world,
    officeAddress: `${addresses.person('office')}/`,
    addressOf: person => `${addresses.person(person)}/`,
    gatewayAddress: addresses.gateway,
    get keyKind() {
      return state.keyKind;
    },
    set keyKind(kind) {
      state.keyKind = kind;
    },
    requests: state.requests,
    lacking: state.lacking,
    install(next) {
      upload(next);
      if (reload) events.send('reload');
    },
    async close() {
      unwatch();
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
