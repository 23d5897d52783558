/**
 * Three instances on one PostgreSQL behind a proxy that takes turns between them, and two admins who save without a pause.
 * Every second an instance is killed without warning and started again. The answer to each save must agree with the result.
 */
import { request as ask } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import * as v from 'valibot';
import { answer } from '../mocks/answer.ts';
import { listen, redirected, type Mount } from '../mocks/http.ts';
import { wazzupHandlers } from '../mocks/wazzup/handlers.ts';
import { ADMIN, HEAD_OF_SALES } from '../world/people.ts';
import { createWorld, SALES_CHANNEL, type World } from '../world/world.ts';
import { freshPostgres } from '../support/databases.ts';
import { builtServer, environmentOf, headersOf, killInTurn, type Instance } from '../support/built-server.ts';

const SAVES_OF_EACH = 50;
const ADMINS = [ADMIN, HEAD_OF_SALES] as const;
/** A living instance holds a lease for a tenth of that, so an instance that still holds it has died. */
const DEAD_MILLISECONDS = 1500;

const program = builtServer();
let world: World;
let service: Mount;
let url: string;
let database: pg.Client;
let slots: (Instance | null)[];
let killing: AbortController;

beforeEach(async () => {
  if (inject('postgres') === '') return;
  world = createWorld();
  world.chat.settings = { ...world.chat.settings, userRoles: [] };
  const second = world.crm.users.get(HEAD_OF_SALES);
  if (second) second.isAdmin = true;
  const handlers = wazzupHandlers(world);
  // The delays are realistic, so instances also die in the middle of a write.
  service = await listen(async request => {
    await passed(10 + Math.random() * 30);
    const host = new URL(request.url).pathname === '/settings' ? 'tech' : 'api';
    const answered = await answer(world, handlers, redirected(request, `https://${host}.wazzup24.com`));
    await passed(10 + Math.random() * 30);
    return answered;
  });
  url = await freshPostgres();
  database = new pg.Client({ connectionString: url });
  await database.connect();
  const environment = { ...environmentOf(world, service), DATABASE_URL: url };
  slots = await Promise.all([0, 1, 2].map(() => program.start(environment)));
  killing = new AbortController();
});
afterEach(async () => {
  if (inject('postgres') === '') return;
  killing.abort();
  await Promise.all(slots.flatMap(one => one?.end('SIGKILL') ?? []));
  await Promise.all([service.close(), database.end()]);
});

let turn = 0;
/** The next living instance. A balancer skips an instance that does not listen, and never sends a request twice. */
function next(): Instance {
  for (let tried = 0; tried < slots.length; tried += 1) {
    const one = slots[(turn += 1) % slots.length];
    if (one) return one;
  }
  throw new Error('No instance lives');
}

type Answer = { readonly status: number; readonly etag: string; readonly text: string };
const through = (
  instance: Instance,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer | 'lost'> =>
  new Promise(resolve => {
    const sent = ask(instance.origin + path, { method, headers, agent: false }, incoming => {
      let text = '';
      incoming.on('data', part => (text += String(part)));
      incoming.once('error', () => resolve('lost'));
      incoming.once('end', () =>
        resolve({ status: incoming.statusCode ?? 0, etag: incoming.headers.etag ?? '', text }),
      );
    });
    sent.once('error', () => resolve('lost'));
    sent.end(body);
  });

/** The lease of a dead instance ends after half a minute. Here that time passes at once. */
async function endLeasesOfTheDead(): Promise<void> {
  const leases = async (): Promise<string> =>
    JSON.stringify((await database.query('select name, fence from lease where until > now()')).rows);
  while (!killing.signal.aborted) {
    const before = await leases();
    await passed(DEAD_MILLISECONDS, undefined, { signal: killing.signal }).catch(() => undefined);
    if (before !== '[]' && before === (await leases()))
      await database.query('update lease set until = now() where until > now()');
  }
}

type Outcome = 'accepted' | 'refused' | 'unknown';
type Save = { readonly id: string; readonly of: 'roles' | 'own settings'; readonly outcome: Outcome };

const settings = v.looseObject({ userRoles: v.array(v.looseObject({ userId: v.string() })) });
const own = v.nullable(v.looseObject({ standInOwners: v.optional(v.array(v.string()), []) }));
const keptOwn = v.pipe(v.string(), v.parseJson(), own);

/** Reads the list, adds one person, and writes it back. */
async function save(admin: number, of: Save['of'], id: string): Promise<Save> {
  const headers = await headersOf(world, admin);
  const [path, method] = of === 'roles' ? ['/settings', 'PATCH'] : ['/own-settings', 'PUT'];
  const read = await through(next(), 'GET', path, headers);
  if (read === 'lost' || read.status !== 200) return { id, of, outcome: 'refused' };
  const there: unknown = JSON.parse(read.text);
  const body = of === 'roles' ? withRole(there, id) : withStandIn(there, id);
  const written = await through(next(), method, path, { ...headers, 'If-Match': read.etag }, body);
  return { id, of, outcome: outcomeOf(written) };
}

function withRole(there: unknown, userId: string): string {
  // The chat service must know a person who gets a role.
  world.chat.users.set(userId, { id: userId, name: userId });
  const read = v.parse(settings, there);
  const row = { channelId: SALES_CHANNEL, userId, role: 'seller', allowGetNewClients: false };
  return JSON.stringify({ ...read, userRoles: [...read.userRoles, row] });
}

function withStandIn(there: unknown, id: string): string {
  const read = v.parse(own, there);
  return JSON.stringify({ ...read, standInOwners: [...(read?.standInOwners ?? []), id] });
}

function outcomeOf(answered: Answer | 'lost'): Outcome {
  if (answered === 'lost') return 'unknown';
  if (answered.status === 200) return 'accepted';
  if (answered.status < 500) return 'refused';
  return /NOT_WRITTEN|DATABASE_DOWN/.test(answered.text) ? 'refused' : 'unknown';
}

/** The final state: roles in the chat service, own settings in the database. */
async function found(): Promise<ReadonlySet<string>> {
  const kept = await database.query('select settings from own_settings');
  const standIns = kept.rows.flatMap(({ settings: one }) => v.parse(keptOwn, one)?.standInOwners ?? []);
  return new Set([...world.chat.settings.userRoles.map(({ userId }) => userId), ...standIns]);
}

const change = v.object({ what: v.string(), outcome: v.string(), before: v.unknown(), after: v.unknown() });
async function audited(): Promise<readonly v.InferOutput<typeof change>[]> {
  const { rows } = await database.query('select what, outcome, before, after from change order by id');
  return v.parse(v.array(change), rows);
}

describe.skipIf(inject('postgres') === '')('a hundred saves while instances die', () => {
  it(
    'each end the way their answer said, and the history has every accepted one',
    { timeout: 240_000 },
    async () => {
      const environment = { ...environmentOf(world, service), DATABASE_URL: url };
      const dying = killInTurn(program, slots, {
        environment,
        everyMilliseconds: 1000,
        over: killing.signal,
      });
      const ending = endLeasesOfTheDead();
      const saves: Save[] = [];
      await Promise.all(
        ADMINS.map(async admin => {
          for (let round = 0; round < SAVES_OF_EACH; round += 1) {
            const of = Math.random() < 0.5 ? 'roles' : 'own settings';
            saves.push(await save(admin, of, `${admin}-${round}`));
          }
        }),
      );
      killing.abort();
      const kills = await dying;
      await ending;
      const idsOf = (outcome: Outcome): string[] =>
        saves.flatMap(one => (one.outcome === outcome ? one.id : []));

      const there = await found();
      expect(idsOf('accepted').filter(id => !there.has(id))).toEqual([]);
      expect(idsOf('refused').filter(id => there.has(id))).toEqual([]);

      // No save is under way any more, and a minute passes.
      await database.query('update lease set until = now()');
      await database.query("update change set at = at - interval '2 minutes'");
      const headers = await headersOf(world, ADMIN);
      expect(await through(next(), 'GET', '/settings', headers)).toMatchObject({ status: 200 });
      const rows = await audited();
      const lost = (id: string): boolean =>
        !rows.some(({ after }) => JSON.stringify(after).includes(`"${id}"`));
      expect(idsOf('accepted').filter(lost)).toEqual([]);
      // The history does not call a save refused whose person is in the list.
      const wrong = rows.filter(({ outcome, before, after }) => {
        const added = [...there].filter(
          id => JSON.stringify(after).includes(`"${id}"`) && !JSON.stringify(before).includes(`"${id}"`),
        );
        return outcome === 'refused' && added.length > 0;
      });
      expect(wrong).toEqual([]);
      const counted = (outcome: string): number => rows.filter(one => one.outcome === outcome).length;
      process.stdout.write(
        `chaos: ${kills} kills; ${saves.length} saves answered as ${idsOf('accepted').length} accepted, ` +
          `${idsOf('refused').length} refused, ${idsOf('unknown').length} unknown; ` +
          `in the history ${counted('accepted')} accepted, ${counted('refused')} refused, ${counted('unknown')} unknown\n`,
      );
      expect(counted('intended')).toBe(0);
      expect(kills).toBeGreaterThan(2);
    },
  );
});
