/** Who is ticked: one by one, all of what is found, or nobody. Ticks outlive any search. */
export type Ticked = ReadonlySet<string>;

export const NOBODY: Ticked = new Set();

export function withOne(ticked: Ticked, id: string, isTicked: boolean): Ticked {
  const next = new Set(ticked);
  if (isTicked) next.add(id);
  else next.delete(id);
  return next;
}

/** Ticks all that is found besides what was ticked already; once all of it is, unticks it. */
export function withFound(ticked: Ticked, found: readonly string[]): Ticked {
  const foundIds = new Set(found);
  return new Set(
    areAllTicked(ticked, found) ? [...ticked].filter(id => !foundIds.has(id)) : [...ticked, ...found],
  );
}

export const areAllTicked = (ticked: Ticked, found: readonly string[]): boolean =>
  found.length > 0 && found.every(id => ticked.has(id));
