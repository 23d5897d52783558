/** Leases within one process, in the order of the requests. A failed task does not stop the next one. */
import type { WithLease } from '../../server/store/lease.ts';

export function leasesInMemory(): WithLease {
  const last = new Map<string, Promise<unknown>>();
  return (name, work, patience) => {
    let hasBegun = false;
    const running = (last.get(name) ?? Promise.resolve()).then(() => {
      patience.throwIfAborted();
      hasBegun = true;
      return work(async () => true);
    });
    last.set(
      name,
      running.catch(() => undefined),
    );
    const tooLate = new Promise<never>((_resolve, reject) => {
      patience.addEventListener('abort', () => {
        if (!hasBegun) reject(patience.reason);
      });
    });
    return Promise.race([running, tooLate]);
  };
}
