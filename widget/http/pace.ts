/**
 * Keeps all requests to one host under a rate: five at once, and each place is free again a second after its answer, so
 * that no second sees more than five arrive. A page keeps the order; tabs of one browser share the places through Web
 * Locks. Where there are none, each page counts for itself.
 */
import { wait } from './retry.ts';

/** Resolves when the request may go; to be told when it was answered. */
export type Pace = () => Promise<() => void>;

const MOST = 5;
const WHILE_MS = 1000;
/** A tab in the background may keep a place for long: nobody waits for it. */
const PATIENCE_MS = 5000;

/** `name`: of the host, within this origin. */
export function createPace(name: string, locks: LockManager | undefined): Pace {
  const places: Promise<void>[] = [];
  let next = 0;
  return () =>
    new Promise(go => {
      // A request that hangs has arrived by then, or never will.
      const hold = async (): Promise<void> => {
        await Promise.race([new Promise<void>(answered => go(answered)), wait(WHILE_MS)]);
        await wait(WHILE_MS);
      };
      const place = next % MOST;
      next += 1;
      places[place] = (places[place] ?? Promise.resolve()).then(() =>
        locks
          ? locks.request(`${name}:${place}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, hold).catch(hold)
          : hold(),
      );
    });
}
