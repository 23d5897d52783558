/**
 * The clock of a picture. It starts at the same moment each time and runs fast, so that tests do not wait for retries.
 * It stops when the picture is complete.
 */
const START = Date.UTC(2026, 10, 2, 9, 15);
const SPEED = 10;

/** Replaces the clock and the timers of the whole page. Returns a function that stops them. */
export function hurry(): () => void {
  const { setTimeout: later, setInterval: repeat, Date: RealDate } = globalThis;
  const began = RealDate.now();
  let stoppedAt: number | null = null;
  const now = (): number => stoppedAt ?? START + (RealDate.now() - began) * SPEED;
  const awake =
    (then: () => void): (() => void) =>
    () => {
      if (stoppedAt === null) then();
    };
  class HastyDate extends RealDate {
    constructor(...given: readonly [] | readonly [number | string]) {
      super(given.length === 0 ? now() : given[0]);
    }
    static override now = now;
  }
  const hasty = {
    Date: HastyDate,
    setTimeout: (then: () => void, milliseconds = 0) => later(awake(then), milliseconds / SPEED),
    setInterval: (then: () => void, milliseconds = 0) => repeat(awake(then), milliseconds / SPEED),
  };
  Object.assign(globalThis, hasty);
  return () => {
    stoppedAt = now();
    // Tests that inspect the picture need timers that run.
    Object.assign(globalThis, { setTimeout: later, setInterval: repeat });
  };
}
