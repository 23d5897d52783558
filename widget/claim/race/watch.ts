/**
 * When to look next at what became of a claim. Looks are close together while the log and the contact do not agree, start
 * over with everything that happens, and grow rare once the claim is lost. Milliseconds.
 */

/** A good minute in all. */
const AGREEING = [250, 500, 1000, 2000, 3000, 5000, 8000, 10_000, 15_000, 20_000];
/** After a loss somebody's late write may still arrive: looks after 5, 20 and 60 seconds. */
export const WATCHING = [5000, 15_000, 40_000];
/** My own write, whose answer was lost, may arrive at any time: it must not stay in the way for long. */
const EXPECTING = [5000, 5000, 5000, 5000, 10_000, 10_000, 10_000, 10_000];
/** No watch goes on for longer, whatever still happens. */
const LONGEST = 90_000;

export type Watch = {
  /** What a look has shown, in any words that differ when anything has happened since. */
  readonly saw: (what: string) => void;
  /** For how long nothing has happened. */
  readonly quiet: () => number;
  /** The claim is lost, or was lost and is being repaired: then the next look comes after that long. */
  readonly lost: (next?: number) => void;
  readonly isLost: () => boolean;
  readonly isOver: () => boolean;
  readonly next: () => number;
};

export function createWatch(now: () => number, isWriteExpected: boolean): Watch {
  const end = now() + LONGEST;
  const afterLoss = isWriteExpected ? EXPECTING : WATCHING;
  let pauses: readonly number[] = AGREEING;
  let news = { what: '', at: now() };
  let isLost = false;
  return {
    saw(what) {
      if (what === news.what) return;
      news = { what, at: now() };
      pauses = isLost ? afterLoss : AGREEING;
    },
    quiet: () => now() - news.at,
    lost(next) {
      if (!isLost || next !== undefined) pauses = next === undefined ? afterLoss : [next, ...afterLoss];
      isLost = true;
    },
    isLost: () => isLost,
    isOver: () => pauses.length === 0 || now() > end,
    next() {
      const [next = 0, ...rest] = pauses;
      pauses = rest;
      return next;
    },
  };
}
