/**
 * Fifty rounds in which five sellers press for one client in five browsers. The built server runs in its own process.
 * Answers are lost, reordered and repeated, browsers are killed between any two steps, and so is the server. The seed
 * decides everything in a round: `SEED=1017 ROUNDS=1 npm run soak rounds` repeats one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { freshPostgres } from '../support/databases.ts';
import { builtServer } from '../support/built-server.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { planAsText, planOf } from './rounds/plan.ts';
import { processSite, type ProcessSite } from './rounds/process-site.ts';
import {
  unfinishedClaims,
  truthIn,
  staleScreens,
  writesAsText,
  wrongOwners,
  type Rest,
} from './rounds/rest.ts';
import { played } from './rounds/round.ts';
import { seated, seatOf, type Asked } from './rounds/seat.ts';

const FIRST = Number(process.env['SEED'] ?? 1001);
const ROUNDS = Number(process.env['ROUNDS'] ?? 50);
const SELLERS = [SELLER_A, SELLER_B, 8006, 8007, 8008];
const TEN_MINUTES = 600_000;
/** Clock errors by seat, in milliseconds. */
const CLOCKS = [0, 0, 0, TEN_MINUTES, -TEN_MINUTES];
/** A check of a client that was running when its server was killed is repeated by the next server after a minute. */
const PATIENCE_MS = 120_000;
/** The server gives up a claim after two minutes without a report. */
const REST_MS = 200_000;

const browser = stages();
const program = builtServer();

async function database(): Promise<{ readonly DATABASE_URL: string } | { readonly DATA_FOLDER: string }> {
  if (inject('postgres') !== '') return { DATABASE_URL: await freshPostgres() };
  const folder = await mkdtemp(join(tmpdir(), 'rounds-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { DATA_FOLDER: join(folder, 'data') };
}

/** Sets the server up as an account's administrator does, and waits until it is subscribed to the CRM's changes. */
async function begun(stage: Stage, server: ProcessSite): Promise<void> {
  connected(stage);
  seated(stage, SELLERS);
  await server.start(stage.world, stage.chatService);
  const settings = { standInOwners: [String(NOBODY)], claims: { deals: 'always' } };
  const answer = await server.ask(ADMIN, 'PUT /own-settings', settings, { 'If-Match': '"0"' });
  expect(answer?.status).toBe(200);
  await expect.poll(() => stage.world.crm.hooks.all().length, { timeout: 150_000 }).toBe(1);
}

async function patiently(ms: number, left: () => Promise<readonly string[]>): Promise<readonly string[]> {
  let last: readonly string[] = [];
  const isOver = async (): Promise<boolean> => (last = await left()).length === 0;
  await vi.waitUntil(isOver, { timeout: ms, interval: 500 }).catch(() => undefined);
  return last;
}

it(
  `${ROUNDS} rounds leave each client with the right owner, and every screen shows it`,
  async () => {
    const server = processSite(program, await database());
    const stage = await browser.stage({ size: 9, limiter: true, office: 0, server: server.site });
    await begun(stage, server);
    const { world } = stage;
    const asked: Asked[] = [];
    const onAsked = (one: Asked): void => {
      const before = asked.findIndex(({ press }) => press === one.press);
      if (before >= 0) asked.splice(before, 1, one);
      else asked.push(one);
    };
    const seats = SELLERS.map((seller, at) => seatOf(stage, seller, { shiftMs: CLOCKS[at] ?? 0, onAsked }));
    const rests: { readonly seed: number; readonly rest: Rest }[] = [];
    const exceptions: string[] = [];
    for (let seed = FIRST; seed < FIRST + ROUNDS; seed += 1) {
      const plan = planOf(seed);
      const from = performance.now();
      const contactId = await played(stage, seats, server, plan);
      const rest = { world, contactId, asked };
      rests.push({ seed, rest });
      const left = await patiently(PATIENCE_MS, async () => [
        ...wrongOwners(rest),
        ...(await staleScreens(rest, seats)),
      ]);
      const { isUnheard } = await unfinishedClaims(rest, SELLERS, server.ask);
      if (!isUnheard) exceptions.push(...left.map(one => `seed ${seed}: ${one}`));
      const seconds = ((performance.now() - from) / 1000).toFixed(1);
      const { owner, counted } = truthIn(rest);
      process.stdout.write(
        `${planAsText(plan)}: ${owner} of ${counted.size} who wrote, in ${seconds} s${isUnheard ? ', a seller is unknown to the server' : ''}${left.map(one => `\n  ! ${one}`).join('')}${left.length > 0 ? `\n  ${writesAsText(rest)}` : ''}\n`,
      );
    }
    // Nothing may be left under way, and nothing that arrived late may have changed a settled client.
    world.disturbances.clear();
    let unheard = 0;
    for (const { seed, rest } of rests) {
      let isUnheard = false;
      const left = await patiently(REST_MS, async () => {
        const found = await unfinishedClaims(rest, SELLERS, server.ask);
        ({ isUnheard } = found);
        return [...wrongOwners(rest), ...found.open];
      });
      if (left.length > 0 && isUnheard) unheard += 1;
      else exceptions.push(...left.map(one => `seed ${seed}, at rest: ${one}`));
    }
    process.stdout.write(
      `Rounds: ${ROUNDS} of ${SELLERS.length} sellers, ${stage.requests.length} requests, ${exceptions.length} exceptions, ${unheard} not judged, because the server never learned of a seller\n`,
    );
    stage.forgive();
    await stage.close();
    expect(exceptions).toEqual([]);
  },
  90 * 60_000,
);
