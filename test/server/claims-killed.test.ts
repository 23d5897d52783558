/**
 * Real instances on one PostgreSQL that are killed without warning while people take over clients, some with a grant and some
 * who cannot ask. Each page reports until it gets an answer. At rest each client has the owner that the CRM recorded first.
 */
import { setTimeout as passed } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { crmHosts } from '../mocks/amocrm/hosts.ts';
import { listen, redirected, type Mount } from '../mocks/http.ts';
import { hostsOf, pairFor, REDIRECT } from '../support/listening-crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { freshPostgres } from '../support/databases.ts';
import {
  builtServer,
  chatService,
  environmentOf,
  headersOf,
  killInTurn,
  leading,
  type Instance,
} from '../support/built-server.ts';

const SELLERS = [SELLER_A, SELLER_B, 8006, 8007] as const;
const CLIENTS = 12;
const PLAN = { deals: [], note: null, task: null, answer: null, undoes: null };
const KILLED_EVERY_MILLISECONDS = 600;

const program = builtServer();
let world: World;
let mounts: readonly Mount[];
let slots: (Instance | null)[];
let environment: Record<string, string>;
let killing: AbortController;

beforeEach(async () => {
  if (inject('postgres') === '') return;
  world = createWorld({ size: 9, integration: { redirectUri: REDIRECT } });
  killing = new AbortController();
  const crm = crmHosts(world);
  const { access_token } = await pairFor(hostsOf(world), world.crm);
  const crmMount = await listen(async request => {
    await passed(5 + Math.random() * 20);
    const answered = await crm(redirected(request, world.crm.account.origin));
    await passed(5 + Math.random() * 20);
    return answered ?? new Response(null, { status: 404 });
  });
  const chat = await chatService(world);
  mounts = [crmMount, chat];
  // Judging needs no chat service.
  const { WAZZUP_KEY: _key, ...withoutChat } = environmentOf(world, chat);
  environment = {
    ...withoutChat,
    LONG_LIVED_TOKEN: access_token,
    DATABASE_URL: await freshPostgres(),
    NODE_OPTIONS: leading(new URL(world.crm.account.origin).host, crmMount.origin),
  };
  slots = await Promise.all([0, 1].map(() => program.start(environment)));
});
afterEach(async () => {
  if (inject('postgres') === '') return;
  killing.abort();
  await Promise.all(slots.flatMap(one => one?.end('SIGKILL') ?? []));
  await Promise.all(mounts.map(one => one.close()));
});

/** Null when no instance is alive, or the answer was lost. */
async function sent(who: number, path: string, claim: unknown): Promise<Response | null> {
  const living = slots.filter(one => one !== null);
  const instance = living[Math.floor(Math.random() * living.length)];
  if (!instance) return null;
  const headers = await headersOf(world, who);
  const body = JSON.stringify({ claims: [claim] });
  return fetch(instance.origin + path, { method: 'POST', headers, body }).catch(() => null);
}

async function press(who: number, contactId: number): Promise<void> {
  await passed(Math.random() * 400);
  const claim = {
    press: crypto.randomUUID(),
    contact: String(contactId),
    base: String(NOBODY),
    to: String(who),
    plan: PLAN,
  };
  // One in five cannot reach the server and writes without a grant.
  const answer = Math.random() < 0.2 ? null : await sent(who, '/claims', claim);
  const granted = answer?.ok ? (await answer.json()).claims[0].kind : 'unknown';
  const at = Math.floor(world.clock.now() / 1000);
  const isFree = world.crm.contacts.get(contactId)?.responsibleUserId === NOBODY;
  await passed(Math.random() * 150);
  const writes = granted !== 'held' && isFree;
  if (writes) world.crm.assignContact(who, contactId, who);
  const outcome = writes ? 'written' : 'stopped';
  for (;;) {
    const told = await sent(who, '/claims/told', { ...claim, at, outcome });
    if (told?.ok) return;
    await passed(100);
  }
}

/** After a minute another instance takes over what a killed one had begun. Here that time passes at once. */
async function endTurnsOfTheDead(): Promise<void> {
  const database = new pg.Client({ connectionString: environment['DATABASE_URL'] });
  await database.connect();
  await database.query('update lane set due_at = now() where wanted > done');
  await database.end();
}

/** Clients whose owner is not the first one that the CRM recorded. */
const wrong = (contactIds: readonly number[]): readonly number[] =>
  contactIds.filter(id => {
    const first = world.crm.ownerChanges.find(
      ({ entityId, entityType }) => entityType === 'contact' && entityId === id,
    );
    return world.crm.contacts.get(id)?.responsibleUserId !== (first?.after ?? NOBODY);
  });

describe.skipIf(inject('postgres') === '')('clients who are taken over while servers are killed', () => {
  it('are whose the CRM recorded first, once a server has lived for a moment', async () => {
    const { crm } = world;
    const ids = Array.from({ length: CLIENTS }, (_, at) => crm.addContact(`Client ${at}`, [], NOBODY).id);
    const killed = killInTurn(program, slots, {
      environment,
      everyMilliseconds: KILLED_EVERY_MILLISECONDS,
      over: killing.signal,
    });
    for (const id of ids) await Promise.all(SELLERS.map(seller => press(seller, id)));
    killing.abort();
    expect(await killed).toBeGreaterThan(1);
    await endTurnsOfTheDead();
    // Somebody lost a race. Otherwise nothing was tested.
    expect(crm.ownerChanges.length).toBeGreaterThan(CLIENTS);
    await expect.poll(() => wrong(ids), { timeout: 100_000, interval: 250 }).toEqual([]);
  }, 200_000);
});
