/** Resolves after this many milliseconds, or as soon as `patience` aborts. */
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
