/** One server for many accounts: what each account can reach, and how it connects its chat service. */
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createApp, type App } from '../../server/app.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { outside } from '../mocks/outside.ts';
import { outcomeOf } from '../support/outcome.ts';
import { claimsOf, signed } from '../support/signed-proof.ts';
import { standingClock } from '../world/clock.ts';
import type { Crm } from '../world/crm.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { freshDatabase } from '../support/databases.ts';

const HOSTS = { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' };
const kind = inject('postgres') === '' ? 'embedded' : 'postgres';

let world: World;
let open: OpenDatabase;
let app: App;
let other: Crm;
beforeEach(async () => {
  world = createWorld({ clock: standingClock() });
  other = world.openAccount({ subdomain: 'other' });
  open = await freshDatabase(kind);
  const { database } = open;
  const { uuid: id, secret, audience } = world.crm.integration;
  ({ app } = createApp({
    database,
    ring: [{ id: 'a', key: new Uint8Array(32) }],
    integration: { id, secret, redirectUri: `${audience}/amocrm/authorized` },
    fetch: outside(world),
    hosts: HOSTS,
    now: () => new Date(world.clock.now()),
  }));
  for (const { account } of [world.crm, other])
    await database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: String(account.id), host: new URL(account.origin).host })
      .execute();
});
afterEach(() => open.close());

type Asking = {
  readonly who?: number;
  readonly page?: Crm;
  readonly token?: Crm;
  readonly body?: unknown;
  readonly ifMatch?: string;
};
/** Asks from a page of the account `page`, with a token that the account `token` issued. */
async function ask(
  route: string,
  { who = ADMIN, page = world.crm, token = page, body, ifMatch }: Asking = {},
): Promise<Response> {
  const [method = 'GET', path = '/'] = route.split(' ');
  return app(
    new Request(`https://server.invalid${path}`, {
      method,
      headers: {
        Origin: page.account.origin,
        'X-Auth-Token': await signed(claimsOf(world.seenFrom(token), who), token.integration.secret),
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
}
const keyOf = (wanted: string): string => {
  const found = [...world.chat.keys].find(([, keyKind]) => keyKind === wanted)?.[0];
  if (found === undefined) throw new Error(`There is no ${wanted} key`);
  return found;
};
const connect = (key = keyOf('partner'), page = world.crm): Promise<Response> =>
  ask('PUT /connection', { page, body: { key } });

describe('connecting the chat service', () => {
  it.each(['partner', 'sidecar'])(
    'finds out that a key is of the kind "%s", and shows the channels',
    async keyKind => {
      const answered = await connect(keyOf(keyKind));
      expect(await answered.json()).toMatchObject({
        keyKind,
        channels: [expect.objectContaining({ name: 'Продажи' }), expect.objectContaining({ name: 'Опт' })],
      });
      expect(await (await ask('GET /connection', { who: SELLER_A })).json()).toMatchObject({ keyKind });
    },
  );

  it('finds out at the first save that a key may not write roles', async () => {
    await connect(keyOf('v3'));
    const read = await ask('GET /settings');
    expect(read.headers.get('Allow')).toBe('GET, PATCH');
    const save = () =>
      ask('PATCH /settings', { body: { userRoles: [] }, ifMatch: read.headers.get('ETag') ?? '' });
    expect(await outcomeOf(await save())).toEqual([403, 'KEY_TOO_WEAK']);
    expect(await (await ask('GET /connection')).json()).toMatchObject({ keyKind: 'v3' });
    expect((await ask('GET /settings')).headers.get('Allow')).toBe('GET');
    expect(await outcomeOf(await save())).toEqual([403, 'ROLES_READ_ONLY']);
  });

  it('opens the gateway to the account, and closes it again', async () => {
    expect(await outcomeOf(await ask('GET /v3/channels'))).toEqual([409, 'CHAT_NOT_CONNECTED']);
    await connect();
    expect((await ask('GET /v3/channels')).status).toBe(200);
    await ask('DELETE /connection');
    expect(await outcomeOf(await ask('GET /v3/channels'))).toEqual([409, 'CHAT_NOT_CONNECTED']);
  });

  it('keeps the existing connection when another key is rejected', async () => {
    await connect();
    expect(await outcomeOf(await connect('a key that nobody issued'))).toEqual([422, 'KEY_NOT_TAKEN']);
    expect((await ask('GET /v3/channels')).status).toBe(200);
  });

  it.each([
    ['a letter of another alphabet', 'partner-kеy-3f9c'],
    ['an invisible character', 'partner-key\u200b-3f9c'],
    ['a line break', 'partner-key\n-3f9c'],
  ])('rejects a key with %s in it, and says that the key is the problem', async (_which, key) => {
    expect(await outcomeOf(await connect(key))).toEqual([422, 'KEY_NOT_TAKEN']);
  });

  it.each([/GET \/v3\/users/, /GET \/settings/])(
    'keeps nothing when the chat service does not say what the key opens (%s)',
    async request => {
      world.disturbances.add(request, 'server-error');
      expect(await outcomeOf(await connect())).toEqual([502, 'SERVICE_UNREADABLE']);
      expect(await (await ask('GET /connection')).json()).toMatchObject({ keyKind: null });
      expect(await (await connect()).json()).toMatchObject({ keyKind: 'partner' });
    },
  );

  it('replaces a key by another one only when the admin confirms it', async () => {
    await connect();
    expect(await outcomeOf(await connect(keyOf('sidecar')))).toEqual([409, 'CONNECTED_ALREADY']);
    expect(await (await ask('GET /connection')).json()).toMatchObject({ keyKind: 'partner' });
    const replaced = await ask('PUT /connection', { body: { key: keyOf('sidecar'), replaces: true } });
    expect(replaced.status).toBe(200);
    expect(await (await ask('GET /connection')).json()).toMatchObject({ keyKind: 'sidecar' });
  });

  it('shows what a key opens without keeping it', async () => {
    const looked = await ask('POST /connection/look', { body: { key: ` Bearer ${keyOf('sidecar')}\n` } });
    expect(await looked.json()).toMatchObject({ keyKind: 'sidecar' });
    expect(await (await ask('GET /connection')).json()).toMatchObject({ keyKind: null });
  });

  it('refuses a key that another account is connected with', async () => {
    await connect();
    expect(await outcomeOf(await connect(keyOf('partner'), other))).toEqual([409, 'KEY_IN_USE']);
    expect((await connect(keyOf('partner'))).status).toBe(200);
  });

  it('works again with a new key when the kept one can no longer be decrypted', async () => {
    await connect();
    await open.database.updateTable('chatConnection').set({ sealedKey: '{}' }).execute();
    expect(await (await ask('GET /connection')).json()).toMatchObject({ keyKind: 'partner' });
    expect((await connect()).status).toBe(200);
    expect((await ask('GET /v3/channels')).status).toBe(200);
  });

  it('is for admins only', async () => {
    const asked = ask('PUT /connection', { who: SELLER_A, body: { key: keyOf('partner') } });
    expect(await outcomeOf(await asked)).toEqual([403, 'ADMINS_ONLY']);
    expect(await outcomeOf(await ask('DELETE /connection', { who: SELLER_A }))).toEqual([403, 'ADMINS_ONLY']);
  });

  it('appears in the history without the key, which is nowhere in plain text', async () => {
    await connect();
    const history = await (await ask('GET /history')).text();
    expect(JSON.parse(history)).toMatchObject({
      changes: [
        {
          what: 'chat-connection',
          origin: world.crm.account.origin,
          difference: { lines: [{ thing: 'connection', before: 'disconnected', after: 'partner' }] },
          outcome: 'accepted',
        },
      ],
    });
    const rows = await open.database.selectFrom('chatConnection').selectAll().execute();
    expect(history + JSON.stringify(rows)).not.toContain(keyOf('partner'));
  });
});

describe('own settings', () => {
  it('are read and written before any chat service is connected', async () => {
    const asked = await ask('PUT /own-settings', { body: { standInOwners: ['7'] }, ifMatch: '"0"' });
    expect([asked.status, asked.headers.get('ETag')]).toEqual([200, '"1"']);
    expect(await (await ask('GET /own-settings', { who: SELLER_A })).json()).toEqual({
      standInOwners: ['7'],
    });
    expect(await (await ask('GET /own-settings', { page: other })).json()).toBeNull();
  });

  it('have their version in every answer about chats', async () => {
    await connect();
    const version = async (page = world.crm) =>
      (await ask('GET /v3/channels', { who: SELLER_A, page })).headers.get('Own-Settings');
    expect(await version()).toBe('0');
    await ask('PUT /own-settings', { body: {}, ifMatch: '"0"' });
    expect(await version()).toBe('1');
    const [key = ''] = world.openChat().keys.keys();
    await connect(key, other);
    expect(await version(other)).toBe('0');
  });
});

describe('an account', () => {
  it('cannot reach anything of another account with its own token', async () => {
    await connect();
    expect(await outcomeOf(await ask('GET /v3/channels', { token: other }))).toEqual([401, 'TOKEN_INVALID']);
    expect(await outcomeOf(await ask('GET /v3/channels', { page: other }))).toEqual([
      409,
      'CHAT_NOT_CONNECTED',
    ]);
    expect(await (await ask('GET /connection', { page: other })).json()).toMatchObject({ keyKind: null });
    await connect(keyOf('v3'), other);
    const history = JSON.parse(await (await ask('GET /history', { page: other })).text());
    expect(history.changes).toHaveLength(1);
  });

  it('with the address of another account is not mistaken for it', async () => {
    await connect();
    const claims = { ...claimsOf(world, ADMIN), account_id: 999 };
    const answered = await app(
      new Request('https://server.invalid/v3/channels', {
        headers: {
          Origin: world.crm.account.origin,
          'X-Auth-Token': await signed(claims, world.crm.integration.secret),
        },
      }),
    );
    expect(await outcomeOf(answered)).toEqual([401, 'TOKEN_INVALID']);
  });

  it('that is unknown gets an error that its page can read', async () => {
    const stranger = world.openAccount({ subdomain: 'stranger' });
    const answered = await ask('GET /connection', { page: stranger });
    expect(answered.headers.get('Access-Control-Allow-Origin')).toBe(stranger.account.origin);
    expect(await outcomeOf(answered)).toEqual([403, 'ACCOUNT_UNKNOWN']);
  });

  it.each(['https://evil.example', 'https://crm.amocrm.ru.evil.example', 'null'])(
    'cannot be reached from a page of %s',
    async origin => {
      const token = await signed(claimsOf(world, ADMIN), world.crm.integration.secret);
      const answered = await app(
        new Request('https://server.invalid/connection', {
          headers: { Origin: origin, 'X-Auth-Token': token },
        }),
      );
      expect(answered.headers.get('Access-Control-Allow-Origin')).toBeNull();
      expect((await outcomeOf(answered))[0]).toBe(403);
    },
  );
});
