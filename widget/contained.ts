const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * A name that turns the direction of writing turns none of the sentence that it stands in. For names that a view itself
 * puts before words; those in `words` are contained already. Preact escapes markup.
 */
export const contained = (value: string): string => {
  const still = value.replaceAll(TURNS, '');
  return still === value ? value : `\u2068${still}\u2069`;
};
