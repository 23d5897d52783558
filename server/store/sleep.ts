/** Ends once so much time has gone by, or nobody waits for it any more. */
export const sleep = (milliseconds: number, patience?: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(done, milliseconds);
    patience?.addEventListener('abort', done, { once: true });
    if (patience?.aborted) done();
    function done(): void {
      clearTimeout(timer);
      patience?.removeEventListener('abort', done);
      resolve();
    }
  });
