/** Who is ticked: one by one, a range of what is found, all of it, or nobody. Ticks outlive any search. */

export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** Where a range starts and ends, and what was ticked before it was drawn. */
  readonly range: { readonly from: string; readonly to: string; readonly before: ReadonlySet<string> } | null;
};

export const NOBODY: Selection = { ids: new Set(), range: null };

export function withOne({ ids }: Selection, id: string, isTicked: boolean): Selection {
  const next = new Set(ids);
  if (isTicked) next.add(id);
  else next.delete(id);
  return { ids: next, range: { from: id, to: id, before: next } };
}

/**
 * Everybody of `found` from where the range starts to `id`. A range that is drawn on takes its former end back, so
 * it can shrink. Where its start is not found, only `id` is ticked.
 */
export function withRangeTo(selection: Selection, found: readonly string[], id: string): Selection {
  const { range } = selection;
  const start = range ? found.indexOf(range.from) : -1;
  const end = found.indexOf(id);
  if (!range || start < 0 || end < 0) return withOne(selection, id, true);
  const between = found.slice(Math.min(start, end), Math.max(start, end) + 1);
  return { ids: new Set([...range.before, ...between]), range: { ...range, to: id } };
}

/** A range from one row to the next, drawn on if it ends where this step begins. */
export const withStep = (
  selection: Selection,
  found: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Selection => {
  const drawnOn =
    selection.range?.to === from
      ? selection
      : { ...selection, range: { from, to: from, before: selection.ids } };
  return withRangeTo(drawnOn, found, to);
};

/** All that is found besides what was ticked; once more, and none of it. */
export function withFound({ ids }: Selection, found: readonly string[]): Selection {
  const foundIds = new Set(found);
  const next = areAllTicked(ids, found) ? [...ids].filter(id => !foundIds.has(id)) : [...ids, ...found];
  return { ids: new Set(next), range: null };
}

export const areAllTicked = (ids: ReadonlySet<string>, found: readonly string[]): boolean =>
  found.length > 0 && found.every(id => ids.has(id));
