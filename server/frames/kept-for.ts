/** What is read is good for a while. Several who ask at once share one question; what failed is asked again. */
const MOST_KEPT = 2_000;

export function keptFor<T>(
  now: () => Date,
  milliseconds: number,
): (name: string, read: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  return (name, read) => {
    const known = kept.get(name);
    if (known && now().getTime() < known.until) return known.value;
    const value = read();
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, { value, until: now().getTime() + milliseconds });
    value.catch(() => kept.delete(name));
    return value;
  };
}
