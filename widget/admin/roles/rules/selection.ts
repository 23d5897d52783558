/** The ticked people: one by one, everyone found, or none. Ticks survive searches. */
export type Ticked = ReadonlySet<string>;

export const NOBODY: Ticked = new Set();

export function withOne(ticked: Ticked, id: string, isTicked: boolean): Ticked {
  const next = new Set(ticked);
  if (isTicked) next.add(id);
  else next.delete(id);
  return next;
}

/** Adds everyone found to the ticked people; if all are ticked already, unticks them. */
export function withFound(ticked: Ticked, found: readonly string[]): Ticked {
  const foundIds = new Set(found);
  return new Set(
    areAllTicked(ticked, found) ? [...ticked].filter(id => !foundIds.has(id)) : [...ticked, ...found],
  );
}

export const areAllTicked = (ticked: Ticked, found: readonly string[]): boolean =>
  found.length > 0 && found.every(id => ticked.has(id));
