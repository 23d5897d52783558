/** A number that differs from those of other stages in the same database, and from this one's before a reset. */
export const newOffice = (): number => 1 + Math.floor(Math.random() * 1_000_000_000);
