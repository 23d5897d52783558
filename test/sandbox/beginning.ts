/** How a sandbox starts, wherever it runs: its state, its initial arrangements, and its sites. */
import { crmHosts } from '../mocks/amocrm/hosts.ts';
import type { Answer } from '../mocks/answer.ts';
import { ADMIN } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { arrange } from './accidents.ts';
import { siteOf, type Addresses } from './addresses.ts';
import { chatSite } from './chat-site.ts';
import { crmSite } from './crm-site.ts';
import { createEventStream } from './event-stream.ts';
import { installForeign, placesLacking, type Archive } from './foreign-widget.ts';
import { openPackage } from './installed-package.ts';
import type { PageFiles } from './page-files.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { ServerSite } from './server-site.ts';
import type { Sessions } from './session.ts';
import type { Brand } from './wire/boot.ts';
import type { Accident } from './wire/stage.ts';

/** Options that apply from the start. */
export type Arrangements = {
  /** The product that the page imitates; `amocrm` by default. */
  readonly brand?: Brand;
  /** Adds a second, badly behaved widget to every page. */
  readonly hostile?: boolean;
  /** The CRM's pages have a policy that forbids everything that neither they nor a clean widget needs. */
  readonly strict?: boolean;
  /** The CRM's pages have no doctype. */
  readonly quirks?: boolean;
  /** A foreign widget, installed next to ours. Throws if its archive cannot be used. */
  readonly foreign?: Archive;
  /** Everything is set up, and a client has written. */
  readonly ready?: boolean;
  /** Accidents that wait from the start. */
  readonly disturbances?: readonly Accident[];
};

type Stage = {
  readonly world: World;
  readonly addresses: Addresses;
  readonly sessions: Sessions;
  readonly pages: PageFiles;
  readonly zip: Uint8Array;
};

export type Begun = {
  readonly state: SandboxState;
  /** Uploads another archive. */
  readonly upload: (zip: Uint8Array) => void;
};

export function begin(stage: Stage, arrangements: Arrangements): Begun {
  const { world, addresses, sessions, pages } = stage;
  const { brand = 'amocrm', hostile = false, strict = false, quirks = false } = arrangements;
  const foreign = arrangements.foreign && installForeign(arrangements.foreign, addresses.gateway);
  const started = Date.now();
  const opened = (zip: Uint8Array) => openPackage(zip, uploads, addresses.gateway);
  let uploads = 1;
  const state: SandboxState = {
    world,
    addresses,
    sessions,
    pages,
    events: createEventStream(),
    requests: [],
    package: opened(stage.zip),
    keyKind: 'partner',
    brand,
    hostile,
    strict,
    quirks,
    safeMode: false,
    foreign,
    lacking: new Set(foreign && placesLacking(foreign)),
    cacheVersion: 1,
    frontVersion: () => {
      const states = [world.crm.integration, ...(foreign ? [foreign.integration] : [])];
      return [started, uploads, state.hostile, ...states.flatMap(one => [one.status, one.active])].join('.');
    },
  };
  arrangements.disturbances?.forEach(accident => arrange(accident, state));
  return {
    state,
    upload(next) {
      uploads += 1;
      state.package = opened(next);
    },
  };
}

/** Answers requests to all host names of the sandbox. */
export function sites(state: SandboxState, server: ServerSite): (request: Request) => Promise<Answer> {
  const answers = {
    crm: crmSite(state, server),
    chats: chatSite(state),
    gateway: server.answer,
    unknown: otherHost(state),
  };
  return request => {
    const site = siteOf(request);
    return site.kind === 'crm' ? answers.crm(request, site.owner) : answers[site.kind](request);
  };
}

/**
 * Other accounts, the API's own host and the consent page. They have no CRM pages; servers send requests to them. The
 * user of the consent page is the administrator.
 */
function otherHost({ world }: SandboxState): (request: Request) => Promise<Answer> {
  const hosts = crmHosts(world, (_crm, { url }) => (new URL(url).pathname === '/oauth' ? ADMIN : undefined));
  return async request => (await hosts(request)) ?? new Response(null, { status: 421 });
}
