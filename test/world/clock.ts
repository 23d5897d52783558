/**
 * The world's clock. The emulated services use it for dates, expiry and rate limits, so that a test can skip half an
 * hour in no time while the sandbox runs in real time.
 */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
  /** Resolves after this many milliseconds of the world's time. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Runs in real time and can be moved ahead. */
export function runningClock(): Clock {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const alarms = createAlarms(now);
  return {
    now,
    advance: milliseconds => {
      ahead += milliseconds;
      alarms.ring();
    },
    wait: milliseconds =>
      Promise.race([
        alarms.set(milliseconds),
        new Promise<void>(resolve => {
          const timer = setTimeout(resolve, milliseconds);
          // A hook due in an hour must not keep the process alive. In a browser, a timer is a number.
          if (typeof timer === 'object') timer.unref();
        }),
      ]),
  };
}

/** Stands still until it is moved. */
export function standingClock(start = Date.UTC(2026, 10, 2, 9, 0, 0)): Clock {
  let time = start;
  const now = (): number => time;
  const alarms = createAlarms(now);
  return {
    now,
    advance: milliseconds => {
      time += milliseconds;
      alarms.ring();
    },
    wait: alarms.set,
  };
}

/** Whole seconds, as the CRM dates its records. */
export const seconds = (clock: Clock): number => Math.floor(clock.now() / 1000);

function createAlarms(now: () => number): {
  readonly set: (milliseconds: number) => Promise<void>;
  readonly ring: () => void;
} {
  let waiting: { readonly at: number; readonly resolve: () => void }[] = [];
  return {
    set: milliseconds =>
      new Promise(resolve => {
        waiting.push({ at: now() + milliseconds, resolve });
      }),
    ring() {
      const due = waiting.filter(({ at }) => at <= now());
      waiting = waiting.filter(one => !due.includes(one));
      due.forEach(({ resolve }) => resolve());
    },
  };
}
