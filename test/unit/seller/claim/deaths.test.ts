/**
 * A page that dies between any two steps of a claim, and thousands of runs with everything at once. The browser's next page
 * reports what was recorded, nothing is written twice, and no screen waits for ever. A failing run prints its seed.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isBusy, type Running } from '../../../../widget/seller/claim/press.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { Browser, NOBODY, Office } from './simulated-office.ts';

const RUNS = 3000;
const MINUTE = 60_000;
const START = 1_762_000_000_400;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Writes in the CRM's log that the server does not know of, and reports that are still stored. */
function unreported(office: Office, browsers: readonly Browser[]): readonly string[] {
  const recorded = [...office.log].flatMap(([contactId, changes]) =>
    changes.filter(({ by }) => browsers.some(({ me }) => me === by)).map(({ by }) => `${contactId} ${by}`),
  );
  // The server judges by itself, even if no page asks.
  const isReported = (state: string): boolean => ['judging', 'stands', 'void'].includes(state);
  const reported = [...office.rows.values()].filter(({ state }) => isReported(state));
  const known = new Set(reported.map(({ contact, by }) => `${contact} ${by}`));
  const kept = browsers.filter(({ storage }) => storage.length > 0).map(({ me }) => `kept by ${me}`);
  return [...recorded.filter(one => !known.has(one)), ...kept];
}

describe('a page that dies', () => {
  const steps = [1, 2, 3, 4].flatMap(call => [[call, 'before'] as const, [call, 'after'] as const]);

  it.each(steps)('at call %i, %s the request arrives, leaves nothing unreported', async (call, when) => {
    const office = new Office();
    const a = new Browser(office, 'a');
    a.diesAt = { call, when };
    a.press('1');
    await pass(3 * MINUTE);
    expect(unreported(office, [a])).toEqual([]);
    expect(office.writes.length).toBeLessThanOrEqual(1);
    expect(office.ownerOf('1')).toBe(office.writes.length === 1 ? 'a' : NOBODY);
    expect(a.claiming.of('1')).toBeNull();
    a.claiming.stop();
  });

  it.each(steps)(
    'at call %i, %s the request arrives, leaves nothing unreported with a clock wrong by ten minutes',
    async (call, when) => {
      for (const error of [-10 * MINUTE, 10 * MINUTE]) {
        vi.setSystemTime(START + error);
        const office = new Office();
        office.clockError = error;
        const a = new Browser(office, 'a');
        a.diesAt = { call, when };
        a.press('1');
        await pass(3 * MINUTE);
        expect(unreported(office, [a])).toEqual([]);
        a.claiming.stop();
      }
    },
  );

  it('and is opened again only after an hour, reports its claim and makes no other calls', async () => {
    const office = new Office();
    const a = new Browser(office, 'a');
    a.diesAt = { call: 4, when: 'before' };
    office.isServerDown = true;
    a.press('1');
    await pass(1000);
    office.isServerDown = false;
    await pass(MINUTE);
    expect(unreported(office, [a])).toEqual([]);
    office.isServerDown = true;
    a.press('2');
    await pass(1000);
    a.claiming.stop();
    vi.setSystemTime(Date.now() + 60 * MINUTE);
    office.isServerDown = false;
    a.calls = [];
    a.reload();
    await pass(MINUTE);
    expect(a.calls).toEqual(['report']);
    expect(unreported(office, [a])).toEqual([]);
  });
});

type World = {
  readonly office: Office;
  readonly browsers: readonly Browser[];
  /** The latest press, by browser and client. */
  readonly pressed: Map<string, Running>;
  /** The people who pressed, in order. */
  readonly presses: string[];
};
type Step = fc.AsyncCommand<object, World>;
const step = (name: string, run: (world: World) => unknown): Step => ({
  check: () => true,
  run: async (_, world) => {
    await run(world);
  },
  toString: () => name,
});
const who = fc.integer({ min: 0, max: 2 });
const client = fc.constantFrom('1', '2');
const press = fc.tuple(who, client).map(([at, id]) =>
  step(`${at} takes ${id}`, ({ office, browsers, pressed, presses }) => {
    const browser = browsers[at];
    presses.push(String(at));
    const [running] = browser?.press(id, office.ownerOf(id)) ?? [];
    if (running) pressed.set(`${at} ${id}`, running);
  }),
);
const wait = fc
  .oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 200, max: 20_000 }))
  .map(ms => step(`${ms} ms pass`, () => pass(ms)));
const reload = who.map(at =>
  step(`${at} reloads`, ({ browsers, pressed }) => {
    browsers[at]?.reload();
    for (const key of pressed.keys()) if (key.startsWith(`${at} `)) pressed.delete(key);
  }),
);
const weather = fc
  .tuple(
    who,
    fc.constantFrom('grant', 'read', 'write', 'report'),
    fc.constantFrom(
      { ms: 3500 },
      { fails: new Failure('down', 'crm') },
      { fails: new Failure('too-many', 'crm') },
      { lost: true as const },
      { arrivesAfter: 15_000 },
    ),
  )
  .map(([at, name, next]) =>
    step(`next ${name} of ${at}: ${JSON.stringify(next)}`, ({ browsers }) => {
      const waiting = browsers[at]?.weather;
      if (waiting) waiting[name] = [...(waiting[name] ?? []), next];
    }),
  );
const server = fc
  .boolean()
  .map(isDown =>
    step(`the server is ${isDown ? 'down' : 'up'}`, ({ office }) => (office.isServerDown = isDown)),
  );
const order = fc
  .tuple(client, fc.constantFrom('0', '1', NOBODY))
  .map(([id, to]) => step(`an admin gives ${id} to ${to}`, ({ office }) => office.record('admin', id, to)));

describe('everything at once', () => {
  it('is reported in the end, written at most once a press, and leaves no screen waiting', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands([press, press, wait, reload, weather, server, order], { maxCommands: 14, size: 'max' }),
        async steps => {
          const office = new Office();
          const browsers = ['0', '1', '2'].map(me => new Browser(office, me));
          const world: World = { office, browsers, pressed: new Map(), presses: [] };
          await fc.asyncModelRun(() => ({ model: {}, real: world }), steps);
          office.isServerDown = false;
          browsers.forEach(({ wake }) => wake());
          await pass(12 * MINUTE);
          expect(unreported(office, browsers)).toEqual([]);
          expect([...world.pressed.values()].filter(({ state }) => isBusy(state.value))).toEqual([]);
          for (const { me } of browsers)
            expect(office.writes.filter(by => by === me).length).toBeLessThanOrEqual(
              world.presses.filter(by => by === me).length,
            );
          browsers.forEach(({ claiming }) => claiming.stop());
        },
      ),
      { numRuns: RUNS },
    );
  }, 60_000);
});
