/** A chat account is connected to one CRM account, no matter which of its keys is used. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createApp, type Running } from '../../server/app.ts';
import { Refused } from '../../server/http/refusal.ts';
import { openDatabase, type OpenDatabase } from '../../server/store/database.ts';
import type { Mount } from '../mocks/http.ts';
import { outside } from '../mocks/outside.ts';
import { outcomeOf } from '../support/outcome.ts';
import { claimsOf, signed } from '../support/signed-proof.ts';
import { standingClock } from '../world/clock.ts';
import type { Crm } from '../world/crm.ts';
import { ADMIN } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { freshDatabase, freshPostgres, kinds } from '../support/databases.ts';
import { builtServer, chatService, environmentOf, type Instance } from '../support/built-server.ts';

const HOSTS = { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' };
const program = builtServer();

const headersOf = async (world: World, crm: Crm): Promise<Record<string, string>> => ({
  Origin: crm.account.origin,
  'X-Auth-Token': await signed(claimsOf(world.seenFrom(crm), ADMIN), crm.integration.secret),
});
const placed = ({ database }: OpenDatabase, { account }: Crm) =>
  database
    .insertInto('account')
    .values({ crm: 'amocrm', crmAccountId: String(account.id), host: new URL(account.origin).host })
    .onConflict(conflict => conflict.columns(['crm', 'crmAccountId']).doNothing())
    .execute();
const keyOf = ({ chat }: World, wanted: string): string =>
  [...chat.keys].find(([, kind]) => kind === wanted)?.[0] ?? '';

function serverOn({ database }: OpenDatabase, world: World): Running {
  const { uuid: id, secret, audience } = world.crm.integration;
  return createApp({
    database,
    ring: [{ id: 'a', key: new Uint8Array(32) }],
    integration: { id, secret, redirectUri: `${audience}/amocrm/authorized` },
    fetch: outside(world),
    hosts: HOSTS,
    now: () => new Date(world.clock.now()),
  });
}

describe.each(kinds())('a chat account (%s)', kind => {
  let world: World;
  let other: Crm;
  let open: OpenDatabase;
  let running: Running;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  afterAll(() => open.close());
  beforeEach(async () => {
    await open.database.deleteFrom('chatConnection').execute();
    world = createWorld({ clock: standingClock() });
    other = world.openAccount({ subdomain: 'other' });
    running = serverOn(open, world);
    for (const crm of [world.crm, other]) await placed(open, crm);
  });

  const ask = async (crm: Crm, method: 'PUT' | 'DELETE', body?: unknown): Promise<Response> =>
    running.app(
      new Request('https://server.invalid/connection', {
        method,
        headers: await headersOf(world, crm),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  const connect = (crm: Crm, key: string, replaces = false) => ask(crm, 'PUT', { key, replaces });
  const keptChannels = () => open.database.selectFrom('chatChannel').selectAll().execute();
  const idOf = async ({ account }: Crm): Promise<string> =>
    (
      await open.database
        .selectFrom('account')
        .select('id')
        .where('crmAccountId', '=', String(account.id))
        .executeTakeFirstOrThrow()
    ).id;
  /** The same call as the hourly look. */
  const holds = async (crm: Crm, key: string): Promise<boolean> =>
    running.connections.holds(await idOf(crm), key, world.chat.channels);

  it.each(['v3', 'sidecar'])('is in use for its "%s" key too', async wanted => {
    await connect(world.crm, keyOf(world, 'partner'));
    expect(await outcomeOf(await connect(other, keyOf(world, wanted)))).toEqual([409, 'KEY_IN_USE']);
    const rows = await open.database.selectFrom('chatConnection').select('accountId').execute();
    expect(rows).toEqual([{ accountId: await idOf(world.crm) }]);
  });

  it('leaves a refused account connected as it was', async () => {
    const foreign = world.openChat();
    await connect(world.crm, keyOf(world, 'partner'));
    await connect(other, keyOf(world.seenFromChat(foreign), 'v3'));
    const before = await keptChannels();
    const refused = await connect(other, keyOf(world, 'v3'), true);
    expect(await outcomeOf(refused)).toEqual([409, 'KEY_IN_USE']);
    expect(await keptChannels()).toEqual(before);
  });

  it('can be connected again by its own account with another of its keys', async () => {
    await connect(world.crm, keyOf(world, 'partner'));
    expect((await connect(world.crm, keyOf(world, 'v3'), true)).status).toBe(200);
  });

  it.each([
    ['disconnected', () => ask(world.crm, 'DELETE')],
    [
      'replaced by another one',
      () => connect(world.crm, keyOf(world.seenFromChat(world.openChat()), 'v3'), true),
    ],
  ])('is free once it is %s', async (_what, freed) => {
    await connect(world.crm, keyOf(world, 'partner'));
    expect((await freed()).ok).toBe(true);
    expect((await connect(other, keyOf(world, 'v3'))).status).toBe(200);
  });

  it('is recognized by its channels, whose ids are not kept in plain text', async () => {
    await connect(world.crm, keyOf(world, 'partner'));
    expect(await keptChannels()).toHaveLength(world.chat.channels.length);
    const kept = JSON.stringify(await keptChannels());
    for (const { channelId } of world.chat.channels) expect(kept).not.toContain(channelId);
  });

  it('without channels can be connected twice, until one account’s look finds the first channel', async () => {
    const channels = world.chat.channels.splice(0);
    await connect(world.crm, keyOf(world, 'partner'));
    expect((await connect(other, keyOf(world, 'v3'))).status).toBe(200);
    world.chat.channels.push(...channels);
    expect(await holds(other, keyOf(world, 'v3'))).toBe(true);
    expect(await holds(world.crm, keyOf(world, 'partner'))).toBe(false);
    await ask(other, 'DELETE');
    expect(await holds(world.crm, keyOf(world, 'partner'))).toBe(true);
  });

  it('ignores channels that were read with a key that has been replaced since', async () => {
    const foreign = world.openChat();
    await connect(world.crm, keyOf(world.seenFromChat(foreign), 'partner'));
    const before = await keptChannels();
    expect(await holds(world.crm, keyOf(world, 'partner'))).toBe(true);
    expect(await keptChannels()).toEqual(before);
  });
});

describe.skipIf(inject('postgres') === '')('two accounts that connect one chat account at once', () => {
  const ROUNDS = 15;
  let world: World;
  let service: Mount;
  let instances: readonly Instance[] = [];
  beforeEach(async () => {
    world = createWorld();
    service = await chatService(world);
  });
  afterEach(async () => {
    await Promise.all(instances.map(instance => instance.end('SIGKILL')));
    await service.close();
  });

  it('on two instances: exactly one succeeds', async () => {
    const url = await freshPostgres();
    const other = world.openAccount({ subdomain: 'other' });
    const environment = { ...environmentOf(world, service), DATABASE_URL: url };
    instances = [await program.start(environment), await program.start(environment)];
    const open = await openDatabase({ kind: 'postgres', url });
    await placed(open, other);
    await open.close();
    const callers = await Promise.all(
      [world.crm, other].map(async (crm, at) => ({
        at: `${instances[at]?.origin}/connection`,
        headers: await headersOf(world, crm),
        key: keyOf(world, at === 0 ? 'partner' : 'v3'),
      })),
    );
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { at, headers } of callers) await fetch(at, { method: 'DELETE', headers });
      const answers = await Promise.all(
        callers.map(({ at, headers, key }) =>
          fetch(at, { method: 'PUT', headers, body: JSON.stringify({ key }) }),
        ),
      );
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409']);
    }
  });
});

describe.skipIf(inject('postgres') === '')('two accounts that swap their chat accounts at once', () => {
  const ROUNDS = 400;
  const opened: OpenDatabase[] = [];
  afterEach(async () => {
    for (const { close } of opened.splice(0)) await close();
  });

  it.each([
    ['with the keys that they are connected with', 'v3', 'v3'],
    ['with other keys of theirs', 'partner', 'v3'],
  ])('%s, on two instances: both are refused, and neither waits for the other', async (_how, has, brings) => {
    const url = await freshPostgres();
    const world = createWorld();
    const crms = [world.crm, world.openAccount({ subdomain: 'other' })];
    const chats = [world.chat, world.openChat()];
    const sides = await Promise.all(
      crms.map(async (crm, at) => {
        const open = await openDatabase({ kind: 'postgres', url });
        opened.push(open);
        await placed(open, crm);
        const { id } = await open.database
          .selectFrom('account')
          .select('id')
          .where('crmAccountId', '=', String(crm.account.id))
          .executeTakeFirstOrThrow();
        const { connections } = serverOn(open, world);
        return { id, connections, chat: world.seenFromChat(chats[at] ?? world.chat) };
      }),
    );
    const swap = async (): Promise<readonly unknown[]> =>
      Promise.all(
        sides.map(({ id, connections }, at) => {
          const wanted = sides[1 - at]?.chat ?? world;
          const found = { keyKind: 'v3', channels: wanted.chat.channels } as const;
          return connections
            .keep(id, keyOf(wanted, brings), found, true)
            .catch((error: unknown) => (error instanceof Refused ? error.code : error));
        }),
      );
    for (const { id, connections, chat } of sides)
      await connections.keep(id, keyOf(chat, has), { keyKind: 'v3', channels: chat.chat.channels }, false);
    for (let round = 0; round < ROUNDS; round += 1)
      expect(await swap()).toEqual(['KEY_IN_USE', 'KEY_IN_USE']);
  });
});
