const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * A name may change the direction of writing; here it cannot change that of the sentence around it. For names that a
 * view puts beside a text itself; names inside `words` are contained already. Preact escapes markup.
 */
export const contained = (value: string): string => {
  const still = value.replaceAll(TURNS, '');
  return still === value ? value : `\u2068${still}\u2069`;
};
