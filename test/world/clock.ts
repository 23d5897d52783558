/**
 * The world's time. Everything that the emulated services date, expire or count per second asks this
 * clock, so that a test moves half an hour in no time and the sandbox runs at the speed of the wall.
 */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
};

/** Runs with the wall, and can be pushed ahead. */
export function runningClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: milliseconds => {
      ahead += milliseconds;
    },
  };
}

/** Stands still until it is pushed. */
export function standingClock(start = Date.UTC(2026, 10, 2, 9, 0, 0)): Clock {
  let time = start;
  return {
    now: () => time,
    advance: milliseconds => {
      time += milliseconds;
    },
  };
}

/** Whole seconds, as the CRM dates its records. */
export const seconds = (clock: Clock): number => Math.floor(clock.now() / 1000);
