/** How many records one request may name: more are allowed, and time out. */
export const BATCH = 50;

/** One request after the other, in the given order; none when there is nothing to ask about. */
export async function inBatches<T, R>(
  items: readonly T[],
  one: (batch: readonly T[]) => Promise<readonly R[]>,
  size = BATCH,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += size) results.push(...(await one(items.slice(at, at + size))));
  return results;
}
