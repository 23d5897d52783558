/**
 * Caches values for some time. Simultaneous callers share one read. A failed read is not cached, and the callers that
 * shared it read again, because the CRM may have refused only the person who asked first.
 */
const MOST_KEPT = 2_000;

export function keptFor<T>(
  now: () => Date,
  milliseconds: number,
): (name: string, read: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  const alive = (name: string): Promise<T> | undefined => {
    const known = kept.get(name);
    return known && now().getTime() < known.until ? known.value : undefined;
  };
  function begin(name: string, read: () => Promise<T>): Promise<T> {
    const value = read();
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, { value, until: now().getTime() + milliseconds });
    value.catch(() => {
      if (kept.get(name)?.value === value) kept.delete(name);
    });
    return value;
  }
  return async (name, read) =>
    alive(name)?.catch(() => alive(name) ?? begin(name, read)) ?? begin(name, read);
}
