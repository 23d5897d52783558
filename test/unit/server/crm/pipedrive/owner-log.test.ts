import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgedAt, livesOf, said, START, type Changed } from './owner-lives.ts';

const HOUR = 3_600_000;
const AT_REST = START + HOUR;
const RUNS = { numRuns: process.env['SOAK'] === 'long' ? 4000 : 300 };

/** The judged changes, and those that happened. */
async function judged(life: readonly Changed[], looks: readonly number[]) {
  const { ledger, isJudged, asked } = await judgedAt(
    life,
    [...looks].sort((a, b) => a - b),
  );
  return { isJudged, was: ledger.events.map(said), is: life.map(said), asked };
}
const looks = fc.array(fc.integer({ min: START, max: START + 240_000 }), { maxLength: 6 });

describe('the log of a person’s owners', () => {
  it('comes from hooks alone, without more requests, when every hook arrives', async () => {
    const inTime = livesOf({ hookDelays: fc.constant([0]), lag: 0, jitter: 0 });
    await fc.assert(
      fc.asyncProperty(inTime, looks, async (life, moments) => {
        const { isJudged, was, is, asked } = await judged(life, [...moments, AT_REST]);
        expect({ isJudged, was }).toEqual({ isJudged: true, was: is });
        expect(asked.filter(path => path.includes('changelog'))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('comes from the changelog when no hook ever arrives', async () => {
    const silent = livesOf({ hookDelays: fc.constant([]), lag: 20_000, jitter: 0 });
    await fc.assert(
      fc.asyncProperty(silent, async life => {
        const { isJudged, was, is } = await judged(life, [AT_REST]);
        // When the owner is the same as before, changes in between are not looked up without hooks.
        const isAsBefore = life.at(-1)?.after === life[0]?.before;
        expect({ isJudged, was }).toEqual({ isJudged: true, was: isAsBefore ? [] : is });
      }),
      RUNS,
    );
  });

  it('has each change once, whether the hook or the changelog was first', async () => {
    const delays = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 0, max: 4000 })) },
      { weight: 2, arbitrary: fc.tuple(fc.integer({ min: 0, max: 200_000 })) },
      { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 9000 }), fc.nat({ max: 200_000 })) },
      { weight: 2, arbitrary: fc.constant([]) },
    );
    await fc.assert(
      fc.asyncProperty(
        livesOf({ hookDelays: delays, lag: 15_000, jitter: 900 }),
        looks,
        async (life, moments) => {
          const { isJudged, was, is } = await judged(life, [...moments, AT_REST]);
          expect(isJudged).toBe(true);
          // Each judged change has happened, and as often as it was judged.
          const left = [...is];
          for (const one of was) {
            const at = left.indexOf(one);
            expect(at, `${one} of ${was.join(', ')} in ${is.join(', ')}`).not.toBe(-1);
            left.splice(at, 1);
          }
        },
      ),
      RUNS,
    );
  });

  it('continues after a hook whose time is later than that of the next change', async () => {
    const first = { by: '12', before: '11', after: '12', at: START + 300, stamped: START + 1100 };
    const next = { by: '13', before: '12', after: '13', at: START + 900, stamped: START + 900 };
    const life = [
      { ...first, heard: [START + 400], logged: first.at },
      { ...next, heard: [], logged: next.at },
    ];
    const { isJudged, was, is } = await judged(life, [START + 500, AT_REST]);
    expect({ isJudged, was }).toEqual({ isJudged: true, was: is });
  });
});
