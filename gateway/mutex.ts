/**
 * Lets one piece of work run at a time, in the order of asking. A work that fails does not stop the next.
 * It holds within one process: run one gateway an account, or put a lock of your platform here.
 */
export function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
