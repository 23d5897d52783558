/**
 * Keeps each item once. A list that changes while it is read in parts can contain a record twice, and a service that
 * gets the same id twice in one call may fail altogether. The later item is newer, so it wins; it takes the place of
 * the first, so that the order stays stable.
 */
export const distinct = <T>(items: Iterable<T>, keyOf: (item: T) => string): readonly T[] => [
  ...new Map(Array.from(items, item => [keyOf(item), item])).values(),
];
