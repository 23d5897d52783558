/**
 * Runs the server's own code thousands of times on a small CRM, a small chat service and a real database, in random order.
 * Hooks come late, twice, reordered or never; services fail; there are two workers, and each may be killed between any two
 * awaits or sleep past its time. At rest the chat service agrees with the CRM. A failing run prints its seed.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, kinds } from '../support/databases.ts';
import { lived, placeIn, type Command, type Place } from './life-of-copies.ts';
import {
  CLIENTS,
  HOW_MANY_PHONES,
  NOBODY,
  OWNERS,
  STRANGERS,
  type Change,
  type Trouble,
} from './register.ts';

/** `npm test` runs as many lives as fit into its time; `npm run soak` runs ten thousand. */
const isLong = process.env['SOAK'] === 'long';
const PARTS = isLong ? 40 : 1;
const RUNS_OF_A_PART = 250;
const LIMIT_MILLISECONDS = isLong ? 280_000 : 5000;

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('owner'), owner: fc.constantFrom(...OWNERS) }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('phone'), phone: fc.nat(HOW_MANY_PHONES - 1) }),
  },
  fc.record({ what: fc.constant('status'), status: fc.constantFrom('1', '142') }),
  fc.constantFrom({ what: 'delete' }, { what: 'restore' }),
);
const names = fc.oneof({ weight: 3, arbitrary: fc.constant(CLIENTS[0]) }, fc.constantFrom(...CLIENTS));
const worker = fc.constantFrom<(0 | 1)[]>(0, 1);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('change'),
      name: fc.oneof({ weight: 9, arbitrary: names }, fc.constantFrom(...STRANGERS)),
      change,
      lag: fc.nat(240_000),
      isHookLate: fc.nat(2).map(one => one === 0),
    }),
  },
  fc.record({ do: fc.constant('tell'), name: names }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('deliver'), which: fc.nat(5), comesAgain: fc.boolean() }),
  },
  fc.record({ do: fc.constant('lose'), which: fc.nat(5) }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('trouble'),
      with: fc.constantFrom('crm', 'chat'),
      trouble: fc.constantFrom('too-many', 'broken', 'cut', 'lost'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('work'),
      worker,
      awaits: fc.oneof(fc.constant(30), fc.integer({ min: 1, max: 16 })),
      reconciles: fc.nat(7).map(one => one === 0),
      dies: fc.nat(2).map(one => one === 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait'), seconds: fc.oneof(fc.nat(30), fc.nat(400)) }),
  },
);

const WORK: Command = { do: 'work', worker: 0, awaits: 30, reconciles: false, dies: false };
const LATER: Command = { do: 'wait', seconds: 70 };
/** More awaits than one look has. */
const AWAITS = 16;
const REQUESTS = 5;
const TROUBLES: readonly Trouble[] = ['too-many', 'broken', 'cut', 'lost'];
const changedTo = (change: Change): Command => ({
  do: 'change',
  name: 'contact 501',
  change,
  lag: 0,
  isHookLate: false,
});

describe.each(kinds())('at rest the chat service agrees with the CRM (%s)', kind => {
  let open: OpenDatabase;
  let place: Place;
  beforeAll(async () => {
    open = await freshDatabase(kind);
    place = await placeIn(open.database);
  });
  afterAll(() => open.close());

  // On only one of the two databases, except in `npm run soak`.
  it.skipIf(!isLong && kind !== kinds().at(-1)).each<[string, Change]>([
    ['gets another responsible', { what: 'owner', owner: '12' }],
    ['loses their responsible', { what: 'owner', owner: NOBODY }],
    ['has another number', { what: 'phone', phone: 1 }],
    ['has no number', { what: 'phone', phone: 3 }],
    ['is deleted', { what: 'delete' }],
  ])(
    'after a client %s and the worker dies or sleeps before any of its awaits, or a request fails',
    async (_what, change) => {
      const wrong: string[] = [];
      const live = async (how: string, ...middle: readonly Command[]): Promise<void> => {
        const found = await lived(place, [changedTo(change), ...middle, LATER, WORK, LATER]);
        wrong.push(...found.map(one => `${how}: ${one}`));
      };
      for (let awaits = 1; awaits <= AWAITS; awaits += 1)
        await live(`dies before ${awaits + 1}`, { ...WORK, awaits, dies: true });
      // Meanwhile the other worker has done the work, and the client changes once more.
      for (let awaits = 1; awaits <= AWAITS; awaits += 1)
        await live(
          `sleeps before ${awaits + 1}`,
          { ...WORK, awaits },
          changedTo({ what: 'phone', phone: 1 }),
          LATER,
          { ...WORK, worker: 1 },
          WORK,
          changedTo({ what: 'phone', phone: 2 }),
          { ...WORK, worker: 1 },
        );
      for (const trouble of TROUBLES)
        for (let passed = 0; passed < REQUESTS; passed += 1) {
          const before = Array.from({ length: passed }, () => 'none' as const);
          await live(
            `${trouble} after ${passed}`,
            ...[...before, trouble].map((one): Command => ({ do: 'trouble', with: 'chat', trouble: one })),
            WORK,
          );
        }
      expect(wrong).toEqual([]);
    },
  );

  it('after a hook was lost and the log was read before it showed the change', async () => {
    const late = { ...changedTo({ what: 'owner', owner: '12' }), lag: 200_000, isHookLate: true };
    const lost: Command = { do: 'lose', which: 0 };
    const seconds: Command = { do: 'wait', seconds: 30 };
    expect(await lived(place, [late, lost, seconds, { ...WORK, reconciles: true }])).toEqual([]);
  });

  it.each(Array.from({ length: PARTS }, (_, at) => at + 1))(
    'after any sequence of events, and is not told of unchanged clients (%i)',
    async part => {
      const started = performance.now();
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(command, { maxLength: 60, size: 'max' }), async commands => {
          if (performance.now() > started + LIMIT_MILLISECONDS) return;
          runs += 1;
          expect(await lived(place, commands)).toEqual([]);
        }),
        { numRuns: RUNS_OF_A_PART },
      );
      const seconds = (performance.now() - started) / 1000;
      process.stdout.write(
        `follow model, ${kind}, ${part} of ${PARTS}: ${runs} runs in ${seconds.toFixed(0)} s\n`,
      );
    },
    LIMIT_MILLISECONDS + 120_000,
  );
});
