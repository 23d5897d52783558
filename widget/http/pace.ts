/**
 * Limits the request rate to one host: at most five at once, and each slot becomes free one second after its answer, so
 * no second sees more than five requests arrive. Requests of a page keep their order. Tabs of one browser share the
 * slots through Web Locks; without Web Locks, each page counts for itself.
 */
import { wait } from './retry.ts';

/** Resolves when the request may be sent. The caller calls the returned function when the answer has arrived. */
export type Pace = () => Promise<() => void>;

const MOST = 5;
const WHILE_MS = 1000;
/** A background tab may hold a slot for long. Other tabs stop waiting for it after this time. */
const PATIENCE_MS = 5000;

/** `name` identifies the host within this origin. */
export function createPace(name: string, locks: LockManager | undefined): Pace {
  const places: Promise<void>[] = [];
  let next = 0;
  return () =>
    new Promise(go => {
      // After this time a hanging request has either arrived or never will.
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
