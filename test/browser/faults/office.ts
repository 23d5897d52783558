/**
 * A CRM, the gateway and the chat service on their own ports, with one request for each connection, and a browser page with
 * only the widget's adapters in it. Each cell of the matrix gets a new world.
 */
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { inject } from 'vitest';
import type { GatewayConfig } from '../../../server/gateway/config.ts';
import { handle } from '../../../server/gateway/handle.ts';
import { crmHandlers } from '../../mocks/amocrm/handlers.ts';
import { answer, type Answer } from '../../mocks/answer.ts';
import { gatewayConfigFor } from '../../mocks/gateway-config.ts';
import { listen, redirected, type Mount } from '../../mocks/http.ts';
import { wazzupHandlers } from '../../mocks/wazzup/handlers.ts';
import { BROWSER_FLAGS } from '../../run/browser.ts';
import { ADMIN, SELLER_A } from '../../world/people.ts';
import { createWorld, SALES_CHANNEL, type World } from '../../world/world.ts';
import type { Subjects } from './calls.ts';
import type { Fault } from '../../support/faults.ts';
import type { Given, InPage } from './in-page.ts';

declare global {
  interface Window {
    inPage: InPage;
  }
}

/** One request, without the ids that differ between worlds. */
export type Sent = { readonly to: 'crm' | 'gateway'; readonly what: string };

export type Office = {
  readonly page: Page;
  readonly world: World;
  readonly about: Subjects;
  readonly given: Given;
  /** All requests that reached a server, except preflights. */
  readonly sent: readonly Sent[];
  /** How often the struck request has arrived, whether it gets an answer or not. */
  readonly struck: () => number;
  /** How often it was carried out. */
  readonly acted: () => number;
  /** Makes every request that matches `what` meet this fault. */
  readonly strike: (what: Sent, fault: Fault) => Promise<void>;
  /** Starts with a new world and without a fault. */
  readonly renew: () => Promise<void>;
  /** Another tab of the same browser. */
  readonly open: () => Promise<Page>;
  readonly close: () => Promise<void>;
};

const CORS = {
  'Access-Control-Allow-Headers': 'X-Auth-Token, Content-Type, If-Match',
  'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE',
  'Access-Control-Expose-Headers': 'ETag, Retry-After, Allow, Date',
};

export async function openOffice({ keepAlive = false, crmLimiter = false } = {}): Promise<Office> {
  let world = createWorld();
  let crm = crmHandlers(world, () => ADMIN);
  let config: GatewayConfig = gatewayConfigFor(world);
  let sent: Sent[] = [];
  let struck: { readonly what: Sent; readonly fault: Fault } | null = null;
  let acted = 0;
  let hits = 0;

  const faultOf = (to: Sent['to'], request: Request): Fault | null =>
    struck?.what.to === to && struck.what.what === templateOf(request) ? struck.fault : null;
  const serve = async (to: Sent['to'], request: Request): Promise<Answer> => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
    const { pathname } = new URL(request.url);
    if (pathname === '/')
      return new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } });
    const what = { to, what: templateOf(request) };
    sent.push(what);
    const handled = (): Promise<Answer> =>
      to === 'crm' ? answer(world, crm, request) : handle(request, config);
    const fault = faultOf(to, request);
    if (!fault) return handled();
    if (fault.acts) {
      const done = await handled();
      if (typeof done !== 'string' && done.ok) acted += 1;
    }
    hits += 1;
    return fault.answer();
  };
  /** Adds CORS headers like a gateway's proxy: each answer says which page may read it. */
  const serveGateway = async (request: Request): Promise<Answer> => {
    const answered = await serve('gateway', request);
    if (typeof answered === 'string' || faultOf('gateway', request)?.withoutCors) return answered;
    const { body, status } = answered;
    const headers = new Headers([...answered.headers]);
    headers.set('Access-Control-Allow-Origin', mounts.crm.origin);
    for (const [name, value] of Object.entries(CORS)) headers.set(name, value);
    return new Response(body, { status, headers });
  };

  const wazzup = await Promise.all(
    ['https://api.wazzup24.com', 'https://tech.wazzup24.com'].map(origin =>
      listen(request => answer(world, wazzupHandlers(world), redirected(request, origin))),
    ),
  );
  const serving = { crm: (request: Request) => serve('crm', request), gateway: serveGateway };
  const mounts: Record<Sent['to'], Mount> = {
    crm: await listen(serving.crm, { keepAlive }),
    gateway: await listen(serving.gateway, { keepAlive }),
  };
  const { crm: crmMount, gateway: gatewayMount } = mounts;

  const browser: Browser = await chromium.launch({
    executablePath: inject('browser'),
    args: [...BROWSER_FLAGS],
  });
  const context = await browser.newContext();
  const code = await adapters();
  const open = async (): Promise<Page> => {
    const tab = await context.newPage();
    await tab.goto(`${crmMount.origin}/`);
    await tab.addScriptTag({ content: code });
    return tab;
  };
  const page = await open();

  let about: Subjects;
  const office: Office = {
    page,
    open,
    get world() {
      return world;
    },
    get about() {
      return about;
    },
    get given() {
      return {
        gateway: gatewayMount.origin,
        integrationId: world.crm.integration.uuid,
        me: String(ADMIN),
      };
    },
    get sent() {
      return sent;
    },
    acted: () => acted,
    struck: () => hits,
    async strike(what, fault) {
      struck = { what, fault };
      if (fault.refused) await mounts[what.to].close();
    },
    async renew() {
      if (struck?.fault.refused) {
        const { to } = struck.what;
        mounts[to] = await listen(serving[to], { keepAlive, port: mounts[to].port });
      }
      struck = null;
      acted = 0;
      hits = 0;
      sent = [];
      world = createWorld({
        crmOrigin: crmMount.origin,
        gatewayOrigin: gatewayMount.origin,
        crmLimiter,
      });
      crm = crmHandlers(world, () => ADMIN);
      config = gatewayConfigFor(world, { api: wazzup[0]?.origin ?? '', settings: wazzup[1]?.origin ?? '' });
      about = seed(world);
    },
    async close() {
      await browser.close();
      await Promise.all([...Object.values(mounts), ...wazzup].map(mount => mount.close()));
    },
  };
  await office.renew();
  return office;
}

/** The adapters as a script of a page. */
async function adapters(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('in-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'adapters',
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('The adapters were not bundled');
  return output.output[0].code;
}

const templateOf = ({ method, url }: Request): string =>
  `${method} ${new URL(url).pathname
    .replace(/[\da-f]{8}-[\da-f-]{27}/, ':integration')
    .replace(/\/\d+/, '/:id')}`;

function seed({ crm, chat }: World): Subjects {
  const contact = crm.addContact('Anna', ['+7 916 000-00-01'], ADMIN);
  const lead = crm.addLead('Doors', [contact.id], ADMIN);
  const task = crm.writeTask(ADMIN, {
    entityType: 'contacts',
    entityId: contact.id,
    text: 'Call',
    responsibleUserId: ADMIN,
    completeTill: 1_900_000_000,
  });
  const id = String(contact.id);
  // The chat service still has a former owner of the client.
  chat.contacts.set(id, {
    id,
    responsibleUserId: String(SELLER_A),
    name: 'Anna',
    contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
  });
  chat.deals.set(String(lead.id), {
    id: String(lead.id),
    responsibleUserId: String(ADMIN),
    name: 'Doors',
    uri: 'https://crm.amocrm.ru/leads/detail/1',
    contacts: [id],
    closed: false,
  });
  return {
    contact: id,
    deal: String(lead.id),
    task: String(task.id),
    seller: String(SELLER_A),
    channel: SALES_CHANNEL,
  };
}

/** Everything that a write could change. */
export function stateOf({ crm, chat }: World): string {
  return JSON.stringify([
    [...crm.contacts.values()].map(({ responsibleUserId }) => responsibleUserId),
    crm.ownerChanges.length,
    crm.notes.length,
    [...crm.tasks.values()].map(({ isCompleted }) => isCompleted),
    [...crm.leads.values()].map(({ responsibleUserId }) => responsibleUserId),
    [...chat.contacts.values()],
    [...chat.deals.values()],
    [...chat.users.values()],
    chat.pipelines,
    chat.settings,
    chat.threads.map(({ messages }) => messages.length),
  ]);
}
