/**
 * Two instances on one PostgreSQL, with one chat service. The service replaces the list of roles whole, so without a common
 * lock one of two admins who save at once would lose their change although the answer says that it was saved.
 */
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import * as v from 'valibot';
import type { Mount } from '../mocks/http.ts';
import { ADMIN } from '../world/people.ts';
import { createWorld, SALES_CHANNEL, type World } from '../world/world.ts';
import { freshPostgres } from '../support/databases.ts';
import {
  builtServer,
  chatService,
  environmentOf,
  headersOf,
  type Instance,
} from '../support/built-server.ts';

const program = builtServer();
let world: World;
let service: Mount;
let instances: readonly Instance[] = [];
let headers: Record<string, string>;
beforeEach(async () => {
  world = createWorld();
  service = await chatService(world);
  headers = await headersOf(world, ADMIN);
});
afterEach(async () => {
  await Promise.all(instances.map(instance => instance.end('SIGKILL')));
  await service.close();
});

const settings = v.object({ userRoles: v.array(v.looseObject({ userId: v.string() })) });
const history = v.object({
  changes: v.array(
    v.object({
      id: v.string(),
      outcome: v.string(),
      what: v.string(),
      difference: v.looseObject({
        lines: v.array(v.looseObject({ person: v.optional(v.string()) })),
      }),
      employeeId: v.string(),
    }),
  ),
});
const rowOf = (userId: string) => ({
  channelId: SALES_CHANNEL,
  userId,
  role: 'seller',
  allowGetNewClients: false,
});

/** Adds one person to the current list, and returns the status. */
async function add({ origin }: Instance, userId: string): Promise<number> {
  // The chat service must know a person who gets a role.
  world.chat.users.set(userId, { id: userId, name: userId });
  const read = await fetch(`${origin}/settings`, { headers });
  const { userRoles } = v.parse(settings, await read.clone().json());
  const saved = await fetch(`${origin}/settings`, {
    method: 'PATCH',
    headers: { ...headers, 'If-Match': read.headers.get('ETag') ?? '' },
    body: JSON.stringify({
      ...v.parse(v.looseObject({}), await read.json()),
      userRoles: [...userRoles, rowOf(userId)],
    }),
  });
  return saved.status;
}
async function changes({ origin }: Instance) {
  const answer = await fetch(`${origin}/history`, { headers });
  return v.parse(history, await answer.json()).changes.filter(({ what }) => what === 'roles');
}
const idsIn = (): readonly string[] => world.chat.settings.userRoles.map(({ userId }) => userId);

describe.skipIf(inject('postgres') === '')('two instances', () => {
  it('lose no change when two admins save at once, and answer each save truthfully', async () => {
    const environment = { ...environmentOf(world, service), DATABASE_URL: await freshPostgres() };
    // They start together, so both bring the tables up to date.
    instances = await Promise.all([program.start(environment), program.start(environment)]);
    world.chat.settings = { ...world.chat.settings, userRoles: [] };
    const saved: string[] = [];
    let stale = 0;
    for (let round = 0; round < 30; round += 1) {
      const asked = instances.map((instance, index) => ({ instance, id: `${round}-${index}` }));
      const statuses = await Promise.all(asked.map(({ instance, id }) => add(instance, id)));
      statuses.forEach((status, index) => {
        expect([200, 412]).toContain(status);
        if (status === 200) saved.push(asked[index]?.id ?? '');
        else stale += 1;
      });
    }
    expect(idsIn().toSorted()).toEqual(saved.toSorted());
    // Some saves did collide. Otherwise the test shows nothing.
    expect(stale).toBeGreaterThan(0);
    const [first] = instances;
    const known = first ? await changes(first) : [];
    expect(known.map(({ outcome }) => outcome)).toEqual(saved.map(() => 'accepted'));
    expect(new Set(known.map(({ employeeId }) => employeeId))).toEqual(new Set([String(ADMIN)]));
  });

  it('show a started save in the history even if its instance was killed', async () => {
    const environment = { ...environmentOf(world, service), DATABASE_URL: await freshPostgres() };
    const [first, second] = await Promise.all([program.start(environment), program.start(environment)]);
    instances = [second];
    let hold: (() => void) | undefined;
    world.disturbances.add(/^PATCH \/settings/, () => new Promise<void>(resolve => (hold = resolve)));
    const lost = add(first, '7').catch(() => 'lost');
    await expect.poll(() => hold).toBeDefined();
    await first.end('SIGKILL');
    hold?.();
    expect(await lost).toBe('lost');
    const [change] = await changes(second);
    expect(change).toMatchObject({ outcome: 'intended', employeeId: String(ADMIN) });
    expect(change?.difference.lines.map(({ person }) => person)).toContain('7');
  });
});
