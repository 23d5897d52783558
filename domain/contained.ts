const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * Isolates a name so that it cannot change the writing direction of the sentence around it. Views use this for names
 * that they place next to text themselves; names passed through `words` are already isolated. Preact escapes markup.
 */
export const contained = (value: string): string => {
  const still = value.replaceAll(TURNS, '');
  return still === value ? value : `\u2068${still}\u2069`;
};
