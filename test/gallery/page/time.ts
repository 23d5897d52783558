/**
 * The time of a picture. It starts at the same moment each day and runs fast, so that no one waits for retries; once the
 * picture is complete it stands still.
 */
const START = Date.UTC(2026, 10, 2, 9, 15);
const SPEED = 10;

/** Replaces the clock and the timers of the whole page. Returns the function that stops them. */
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
    // A visitor of the picture needs working timers.
    Object.assign(globalThis, { setTimeout: later, setInterval: repeat });
  };
}
