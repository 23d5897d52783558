/**
 * What is read is good for a while. Several who ask at once share one question. What failed is asked again, also by those who
 * shared it: whoever asked first may have been refused for themselves alone.
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
  function begun(name: string, read: () => Promise<T>): Promise<T> {
    const value = read();
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, { value, until: now().getTime() + milliseconds });
    value.catch(() => {
      if (kept.get(name)?.value === value) kept.delete(name);
    });
    return value;
  }
  return async (name, read) =>
    alive(name)?.catch(() => alive(name) ?? begun(name, read)) ?? begun(name, read);
}
