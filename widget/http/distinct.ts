/**
 * Each once. A list that is read in parts names somebody twice when it moves meanwhile, and a service that is told the
 * same id twice in one call may fail altogether. The later one counts, because it is newer; it stands where the first one
 * stood, so that nothing changes its place.
 */
export const distinct = <T>(items: Iterable<T>, keyOf: (item: T) => string): readonly T[] => [
  ...new Map(Array.from(items, item => [keyOf(item), item])).values(),
];
