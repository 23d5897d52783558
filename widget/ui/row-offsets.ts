/**
 * The start of each row in pixels, plus one entry for the end of the last row. Rows that were not measured have the
 * height `usual`.
 */
export type Offsets = Float64Array;

export function offsetsOf(
  keys: readonly string[],
  measured: ReadonlyMap<string, number>,
  usual: number,
): Offsets {
  const offsets = new Float64Array(keys.length + 1);
  let end = 0;
  const areAllUsual = measured.size === 0;
  for (let at = 0; at < keys.length; at += 1) {
    end += (areAllUsual ? undefined : measured.get(keys[at] ?? '')) ?? usual;
    offsets[at + 1] = end;
  }
  return offsets;
}

/** The row at a position; the first or last row for positions outside the list. */
export function rowAt(offsets: Offsets, place: number): number {
  let [low, high] = [0, Math.max(0, offsets.length - 2)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
