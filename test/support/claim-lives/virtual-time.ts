/** A clock that jumps to the next due time when no other work is left. */
export type VirtualTime = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly at: (ms: number, act: () => void) => void;
  /** Runs until nothing is due, or until this time. */
  readonly run: (until: number) => Promise<void>;
};

const BEGIN = Date.UTC(2026, 0, 5, 9);

/** `quiet` resolves when all work that does not wait for this clock has finished. */
export function virtualTime(quiet: () => Promise<void>): VirtualTime {
  let now = BEGIN;
  let count = 0;
  const due: { readonly at: number; readonly order: number; readonly act: () => void }[] = [];
  const add = (at: number, act: () => void): void => {
    due.push({ at, order: (count += 1), act });
    let place = due.length - 1;
    // Inserted in order, because there are few.
    for (; place > 0; place -= 1) {
      const [one, before] = [due[place], due[place - 1]];
      if (!one || !before || one.at >= before.at) break;
      due[place] = before;
      due[place - 1] = one;
    }
  };
  return {
    now: () => now,
    at: (ms, act) => add(now + ms, act),
    wait: ms => new Promise(resolve => add(now + ms, resolve)),
    async run(until) {
      for (;;) {
        await quiet();
        const next = due.shift();
        if (!next) return;
        if (next.at > BEGIN + until) return;
        now = Math.max(now, next.at);
        next.act();
      }
    },
  };
}
