/**
 * Calls back once: when the person returns to this tab, or when the returned function is called. Without the limit, a
 * person who does both would open the page twice.
 */
export function onceOnReturn(listener: () => void): () => void {
  const done = new AbortController();
  const call = (): void => {
    if (done.signal.aborted) return;
    done.abort();
    listener();
  };
  const look = (): void => {
    if (document.visibilityState === 'visible') call();
  };
  document.addEventListener('visibilitychange', look, { signal: done.signal });
  return call;
}
