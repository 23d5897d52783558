/** Accounts share one database and one server, and nothing else, for any request by any person from any page. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../server/app.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { claimsOf, signed } from '../support/signed-proof.ts';
import { standingClock } from '../world/clock.ts';
import type { Crm } from '../world/crm.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { freshDatabase, quickest } from '../support/databases.ts';

const HOSTS = { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' };
const PEOPLE = [ADMIN, SELLER_A] as const;
const ROUTES = [
  'GET /connection',
  'GET /own-settings',
  'GET /history',
  'GET /history/1/roles',
  'GET /history/4/roles',
  'GET /settings',
  'GET /v3/channels',
  'GET /v3/templates/whatsapp',
  `GET /v3/unanswered/${ADMIN}`,
  'POST /v3/iframe',
  'PUT /own-settings',
  'PATCH /settings',
  'DELETE /connection',
] as const;

let world: World;
let accounts: readonly Crm[];
let open: OpenDatabase;
let app: App;

/** A text that only this account's data contains. */
const secretOf = (at: number): string => `secret-of-${at}`;
const keyOf = (at: number): string => `key-number-${at}`;

/** A chat service where every answer to a key contains the secret of its account. */
async function chatService(request: Request): Promise<Response> {
  const at = /key-number-(\d)/.exec(request.headers.get('Authorization') ?? '')?.[1];
  if (at === undefined) return new Response(null, { status: 401 });
  const secret = secretOf(Number(at));
  if (!request.url.endsWith('/settings')) return Response.json([{ channelId: secret, name: secret, secret }]);
  const row = { channelId: secret, userId: String(SELLER_A), role: 'seller', allowGetNewClients: false };
  return Response.json({ userRoles: [row] });
}

beforeAll(async () => {
  world = createWorld({ clock: standingClock() });
  const { uuid: id, secret, audience } = world.crm.integration;
  accounts = [world.crm, ...['other', 'third'].map(subdomain => world.openAccount({ subdomain }))];
  open = await freshDatabase(quickest());
  ({ app } = createApp({
    database: open.database,
    ring: [{ id: 'a', key: new Uint8Array(32) }],
    integration: { id, secret, redirectUri: `${audience}/amocrm/authorized` },
    fetch: chatService,
    hosts: HOSTS,
    now: () => new Date(world.clock.now()),
  }));
  for (const [at, crm] of accounts.entries()) {
    const { account } = crm;
    await open.database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: String(account.id), host: new URL(account.origin).host })
      .execute();
    const asked: Asked = { route: 'PUT /connection', page: at, token: at, who: ADMIN };
    expect((await ask(asked, { key: keyOf(at) })).status).toBe(200);
    const saved = await ask({ ...asked, route: 'PUT /own-settings' }, { standInOwners: [secretOf(at)] });
    expect(saved.status).toBe(200);
    const roles = await ask({ ...asked, route: 'GET /settings' });
    const written = await ask(
      { ...asked, route: 'PATCH /settings' },
      JSON.parse(await roles.clone().text()),
      roles.headers.get('ETag') ?? '',
    );
    expect(written.status).toBe(200);
  }
});
afterAll(() => open.close());

type Asked = { readonly route: string; readonly page: number; readonly token: number; readonly who: number };
async function ask({ route, page, token, who }: Asked, body?: unknown, ifMatch = '"0"'): Promise<Response> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const [from, of] = [accounts[page], accounts[token]];
  if (!from || !of) throw new Error('There are three accounts');
  const sent =
    body ?? (method === 'POST' || method === 'PUT' || method === 'PATCH' ? { userRoles: [] } : undefined);
  return app(
    new Request(`https://server.invalid${path}`, {
      method,
      headers: {
        Origin: from.account.origin,
        'X-Auth-Token': await signed(claimsOf(world.seenFrom(of), who), of.integration.secret),
        'If-Match': ifMatch,
      },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    }),
  );
}

const asked: fc.Arbitrary<Asked> = fc.record({
  route: fc.constantFrom(...ROUTES.filter(route => !route.startsWith('DELETE'))),
  page: fc.nat(2),
  token: fc.nat(2),
  who: fc.constantFrom(...PEOPLE),
});

describe('a request', () => {
  it('reads only what belongs to its own account', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(asked, async one => {
        const answer = await ask(one);
        const text = await answer.text();
        const isOwn = one.page === one.token;
        const shown = [0, 1, 2].filter(at => text.includes(secretOf(at)));
        expect(shown.filter(at => !isOwn || at !== one.token)).toEqual([]);
        expect(text).not.toMatch(/key-number/);
        expect(answer.status === 401).toBe(!isOwn);
        if (text.includes(secretOf(one.token))) seen += 1;
      }),
      { numRuns: 600 },
    );
    // Some requests do read their own secret. Otherwise the test shows nothing.
    expect(seen).toBeGreaterThan(60);
  });

  it('changes only what belongs to its own account', async () => {
    const stateOf = async (at: number): Promise<string> => {
      const own = { page: at, token: at, who: ADMIN };
      const answers = ['GET /connection', 'GET /own-settings', 'GET /history'].map(route =>
        ask({ ...own, route }).then(answer => answer.text()),
      );
      return (await Promise.all(answers)).join('\n');
    };
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('PUT /own-settings', 'DELETE /connection', 'PUT /connection'),
        fc.nat(2),
        fc.nat(2),
        fc.constantFrom(...PEOPLE),
        async (route, page, token, who) => {
          const before = await Promise.all(accounts.map((_one, at) => stateOf(at)));
          const body =
            route === 'PUT /connection' ? { key: keyOf(page) } : { standInOwners: [secretOf(page)] };
          await ask({ route, page, token, who }, body, '"1"');
          const after = await Promise.all(accounts.map((_one, at) => stateOf(at)));
          const isTheirs = page === token && who === ADMIN;
          const touched = after.flatMap((state, at) => (state === before[at] ? [] : at));
          changed += touched.length;
          return touched.every(at => isTheirs && at === token);
        },
      ),
      { numRuns: 200 },
    );
    expect(changed).toBeGreaterThan(3);
  });
});
