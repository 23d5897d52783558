/**
 * Keeps all requests to one host under a rate: five may start at once, the next when the first of them is a second old.
 * A page keeps the order; tabs of one browser share the five places through Web Locks. Where there are none, each
 * page counts for itself.
 */
import { wait } from './retry.ts';

/** Resolves when the request may go. */
export type Pace = () => Promise<void>;

const MOST = 5;
const WHILE_MS = 1000;
/** A tab in the background may keep a place for long: nobody waits for it. */
const PATIENCE_MS = 3000;

/** `name`: of the host, within this origin. */
export function createPace(name: string, locks: LockManager | undefined): Pace {
  const places: Promise<void>[] = [];
  let next = 0;
  return () =>
    new Promise(go => {
      const hold = (): Promise<void> => {
        go();
        return wait(WHILE_MS);
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
