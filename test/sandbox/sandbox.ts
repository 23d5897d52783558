/**
 * An emulated CRM with the built widget in it, the real gateway and the chat service's window: one world
 * behind one port. Open `officeAddress` in a browser; tests look into `world` and `requests`.
 */
import { answer, type Answer } from '../mocks/answer.ts';
import { listen, redirected, type Mount } from '../mocks/http.ts';
import { wazzupHandlers } from '../mocks/wazzup/handlers.ts';
import type { KeyKind } from '../world/chat.ts';
import type { Language } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { addressesOn, siteOf, type Person } from './addresses.ts';
import { chatSite } from './chat-site.ts';
import { crmSite } from './crm-site.ts';
import { createEventStream } from './event-stream.ts';
import { gatewaySite } from './gateway-site.ts';
import { openPackage } from './installed-package.ts';
import { buildPageFiles } from './page-files.ts';
import type { SandboxRequest, SandboxState } from './sandbox-state.ts';

export type { Person } from './addresses.ts';
export type { SandboxRequest } from './sandbox-state.ts';

export type SandboxOptions = {
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
  /** A second, ill-mannered widget on every page. */
  readonly hostile?: boolean;
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
  hostile = false,
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
  const events = createEventStream();
  const started = Date.now();
  let uploads = 1;
  const state: SandboxState = {
    world,
    addresses,
    pages,
    events,
    requests: [],
    package: openPackage(zip, uploads),
    keyKind: 'partner',
    hostile,
    frontVersion: () => {
      const { status, active } = world.crm.integration;
      return [started, uploads, state.hostile, status, active].join('.');
    },
  };
  const wazzup = await mountWazzup(state);
  route = sites(state, wazzup);
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
    install(next) {
      uploads += 1;
      state.package = openPackage(next, uploads);
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

function sites(state: SandboxState, { api, tech }: Wazzup): (request: Request) => Promise<Answer> {
  const answers = {
    crm: crmSite(state),
    chats: chatSite(state),
    gateway: gatewaySite(state, { api: api.origin, settings: tech.origin }),
    unknown: unknownHost,
  };
  return request => {
    const site = siteOf(request);
    return site.kind === 'crm' ? answers.crm(request, site.owner) : answers[site.kind](request);
  };
}

const unknownHost = async (): Promise<Answer> => new Response(null, { status: 421 });
const starting = async (): Promise<Answer> => new Response(null, { status: 503 });
