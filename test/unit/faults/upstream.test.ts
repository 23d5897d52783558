/**
 * Each request of the gateway to the chat service meets every fault, over real sockets. In each case the gateway answers,
 * asks once, keeps its key to itself, and does not claim more than it knows.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayConfig } from '../../../server/gateway/config.ts';
import { handle } from '../../../server/gateway/handle.ts';
import { ROUTES } from '../server/gateway/listed.ts';
import { FAULT_NAMES, FAULTS, type Fault, type FaultName } from '../../support/faults.ts';
import { answer, type Answer } from '../../mocks/answer.ts';
import { gatewayConfigFor } from '../../mocks/gateway-config.ts';
import { listen, redirected, type Mount } from '../../mocks/http.ts';
import { wazzupHandlers } from '../../mocks/wazzup/handlers.ts';
import { standingClock } from '../../world/clock.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A } from '../../world/people.ts';
import { createWorld, SALES_CHANNEL, type World } from '../../world/world.ts';
import { claimsOf, signed } from '../../support/signed-proof.ts';
import { requestFor, roleRow } from '../server/gateway/office.ts';
import { outcomeOf, type Outcome } from '../../support/outcome.ts';

type Row = {
  /** The page's request to the gateway. */
  readonly route: string;
  /** The gateway's request to the service, if it differs. */
  readonly upstream?: string;
  readonly body?: unknown;
  readonly who?: number;
};

const contact = {
  id: 'c-2',
  responsibleUserId: String(SELLER_A),
  name: 'Boris',
  contactData: [{ chatType: 'whatsapp', chatId: '79160000002' }],
};
const roles = { pushInputOutputMessageEventsForManagers: false, userRoles: [roleRow(SELLER_A, 'auditor')] };

const ROWS: readonly Row[] = [
  { route: 'GET /v3/channels' },
  { route: 'GET /settings' },
  { route: 'GET /v3/contacts/c-1' },
  { route: 'PATCH /settings', body: roles },
  { route: 'PATCH /settings', upstream: 'GET /settings', body: roles },
  { route: 'POST /v3/users', body: [{ id: '8002', name: 'Adam' }] },
  {
    route: 'POST /v3/message',
    body: { channelId: SALES_CHANNEL, chatType: 'whatsapp', chatId: '79160000001', text: 'Hello' },
  },
  { route: 'GET /v3/templates/whatsapp' },
  {
    route: 'POST /clients/changed',
    upstream: 'GET /settings',
    body: { contact: '40001' },
    who: HEAD_OF_SALES,
  },
  { route: 'GET /clients/40001/others', upstream: 'GET /v3/contacts/40001' },
  { route: 'POST /v3/iframe', body: { scope: 'global' } },
  { route: `GET /v3/unanswered/${ADMIN}` },
];

const PATIENCE_MS = 15_000;
/** Runs the gateway's timeout at once, when no answer will come. */
let runOut: () => void;
const LATE: ReadonlySet<Fault> = new Set([
  FAULTS['no answer, not done'],
  FAULTS['no answer, done'],
  FAULTS['a byte a second'],
]);

let world: World;
let mount: Mount;
let struck: { readonly what: string; readonly fault: Fault } | null;
let sent: string[];
let acted: number;

beforeEach(async () => {
  const { setTimeout } = globalThis;
  vi.stubGlobal('setTimeout', (then: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
    if (ms === PATIENCE_MS) runOut = then;
    return setTimeout(then, ms, ...given);
  });
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const patience = new AbortController();
    runOut = () => patience.abort();
    return patience.signal;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  mount = await serve();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await mount.close();
});

const serve = (port = 0): Promise<Mount> =>
  listen(
    async (request): Promise<Answer> => {
      const { pathname, search } = new URL(request.url);
      const what = `${request.method} ${pathname}${search}`;
      sent.push(what);
      const handled = (): Promise<Answer> =>
        answer(
          world,
          wazzupHandlers(world),
          redirected(request, `https://${pathname === '/settings' ? 'tech' : 'api'}.wazzup24.com`),
        );
      if (struck?.what !== what) return handled();
      if (struck.fault.acts) {
        const done = await handled();
        if (typeof done !== 'string' && done.ok) acted += 1;
      }
      if (LATE.has(struck.fault)) setImmediate(() => runOut());
      return struck.fault.answer();
    },
    { port, keepAlive: false },
  );

function renew(): GatewayConfig {
  world = createWorld({ clock: standingClock() });
  world.chat.settings.userRoles = [roleRow(HEAD_OF_SALES, 'manager')];
  world.chat.contacts.set('c-1', { ...contact, id: 'c-1' });
  // Two contacts with one number.
  for (const name of ['Boris', 'Boris again']) world.crm.addContact(name, ['+7 916 000-00-02'], SELLER_A);
  struck = null;
  sent = [];
  acted = 0;
  return gatewayConfigFor(world, { api: mount.origin, settings: mount.origin });
}

async function asked(config: GatewayConfig, { route, body, who = ADMIN }: Row): Promise<Response> {
  const token = await signed(claimsOf(world, who), world.crm.integration.secret);
  const ask = (headers: Record<string, string> = {}): Promise<Response> =>
    handle(requestFor(route, { 'X-Auth-Token': token, ...headers }, body), config);
  if (!route.startsWith('PATCH')) return ask();
  const before = struck;
  struck = null;
  const list = await handle(requestFor('GET /settings', { 'X-Auth-Token': token }), config);
  struck = before;
  sent = [];
  return ask({ 'If-Match': list.headers.get('ETag') ?? '' });
}

/** When a connection is not kept alive, the fetch of Node 20 takes half of a body for the whole, which is then unreadable. */
const TAKES_HALF = Number.parseInt(process.versions.node, 10) < 22;

const KNOWN: Partial<Record<FaultName, Outcome>> = {
  refused: [502, 'SERVICE_UNREACHABLE'],
  reset: [502, 'SERVICE_UNREACHABLE'],
  'no answer, not done': [504, 'SERVICE_TIMEOUT'],
  'no answer, done': [504, 'SERVICE_TIMEOUT'],
  'a byte a second': [504, 'SERVICE_TIMEOUT'],
  '401': [502, 'KEY_REFUSED'],
  '412': [412, 'STALE'],
  ...(TAKES_HALF ? {} : { 'reset mid-body': [502, 'SERVICE_UNREACHABLE'] }),
};
const GARBLED: ReadonlySet<FaultName> = new Set([
  'reset mid-body',
  '204',
  'a log-in page',
  'an empty body',
  'broken JSON',
  'another shape',
  '5 MB',
]);

function expectedOf(row: Row, fault: FaultName): Outcome {
  const known = KNOWN[fault];
  // A write with an unknown outcome is looked up.
  if (known && known[0] > 500 && FAULTS[fault].acts && upstreamOf(row) === 'PATCH /settings')
    return [200, undefined];
  if (known) return known;
  const isOthers = row.route.endsWith('/others');
  // A client that the service does not know has no chat with others.
  if (isOthers && fault === '404') return [200, undefined];
  const isRead = isOthers || upstreamOf(row) === 'GET /settings';
  if (!GARBLED.has(fault)) return [Number.parseInt(fault, 10), undefined];
  if (isRead) return [502, 'SERVICE_UNREADABLE'];
  return [fault === '204' && row.route !== 'PATCH /settings' ? 204 : 200, undefined];
}

const upstreamOf = ({ route, upstream = route }: Row): string => upstream;

describe('the rows of this table', () => {
  it('cover all routes of the gateway that ask the service', () => {
    const asking = ROUTES.filter(({ name }) => !/own-settings|history|connection/.test(name));
    const without = asking.filter(({ on }) => !ROWS.some(({ route }) => on.test(route)));
    expect(without.map(({ name }) => name)).toEqual([]);
    process.stdout.write(
      `gateway: ${ROWS.length} requests × ${FAULT_NAMES.length} faults = ${ROWS.length * FAULT_NAMES.length} cells\n`,
    );
  });
});

/** Each row meets all faults, one after another, over real sockets. */
describe('a fault of the chat service', { timeout: 30_000 }, () => {
  it.each(ROWS.map(row => [upstreamOf(row), row.route, row] as const))(
    'in %s under %s is answered truthfully, once and without the key',
    async (_what, _route, row) => {
      const met: Partial<Record<FaultName, unknown>> = {};
      const expected: Partial<Record<FaultName, unknown>> = {};
      for (const name of FAULT_NAMES) {
        const config = renew();
        const fault: Fault = FAULTS[name];
        const what = upstreamOf(row);
        struck = { what, fault };
        if (fault.refused && !row.route.startsWith('PATCH')) await mount.close();
        const got = await asked(config, row);
        const text = await got.clone().text();
        if (fault.refused && !row.route.startsWith('PATCH')) mount = await serve(mount.port);
        const times = sent.filter(one => one === what).length;
        met[name] = {
          outcome: await outcomeOf(got),
          times: fault.refused ? 1 : times,
          acted: what.startsWith('GET') ? 0 : acted,
          leaks: text.includes(config.wazzup.key),
        };
        expected[name] = {
          outcome: expectedOf(row, name),
          times: 1,
          acted: fault.acts && !what.startsWith('GET') ? 1 : 0,
          leaks: false,
        };
      }
      expect(met).toEqual(expected);
    },
  );
});

describe('a client with a new owner, and a fault of the chat service', { timeout: 30_000 }, () => {
  const row: Row = { route: 'POST /clients/changed', body: { contact: '40001' } };

  it.each(['GET /v3/contacts/40001', 'POST /v3/contacts', 'GET /v3/channels'])(
    'in %s: the answer is true, and a repeated request succeeds',
    async what => {
      for (const name of FAULT_NAMES) {
        const config = renew();
        const fault: Fault = FAULTS[name];
        struck = { what, fault };
        if (fault.refused) await mount.close();
        const got = await asked(config, row);
        if (fault.refused) mount = await serve(mount.port);
        const known = world.chat.contacts.get('40001')?.responsibleUserId;
        const text = await got.clone().text();
        const said = got.ok ? known : (await outcomeOf(got))[1];
        expect(`${name}: ${said}`).toMatch(got.ok ? /: 8002$/ : /: (SERVICE_|KEY_|TOO_MANY)/);
        expect(text).not.toContain(config.wazzup.key);
        struck = null;
        expect([name, (await asked(config, row)).status]).toEqual([name, 200]);
        expect(world.chat.contacts.get('40001')?.responsibleUserId).toBe(String(SELLER_A));
      }
    },
  );
});
