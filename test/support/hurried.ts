/** Lets the time of fake timers run while requests to the emulated world are under way, until the work has ended. */
import { vi } from 'vitest';

/** Twenty times as fast as the wall: requests need real time, and must not be given up meanwhile. */
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

/** The time that a save waits by, and the emulated world with it. */
export const hurry = (): void =>
  void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true });
