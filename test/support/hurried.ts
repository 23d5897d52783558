/** Runs fake timers while requests to the emulated world are in progress, until the work has ended. */
import { vi } from 'vitest';

/** Twenty times real time: requests need real time and must not time out meanwhile. */
const STEP_MS = 100;
const WHILE_MS = 5;
const later = globalThis.setTimeout;

export async function hurried<T>(work: Promise<T>, whileMs = WHILE_MS): Promise<T> {
  const running = new Set([work]);
  const over = (): boolean => running.delete(work);
  work.then(over, over);
  while (running.size > 0) {
    await vi.advanceTimersByTimeAsync(STEP_MS);
    if (whileMs > 0)
      await new Promise(resolve => {
        later(resolve, whileMs);
      });
  }
  return work;
}

/** Fakes the timers that a save and the emulated world use. */
export const hurry = (): void =>
  void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true });
