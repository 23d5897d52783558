/**
 * A pseudo-language made from English: accented letters, two fifths longer, in brackets that show where text is cut.
 */
const LETTERS: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ë',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  y: 'ý',
};

export function pseudo(words: object): object {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string'
        ? stretched(value)
        : pseudo(typeof value === 'object' && value !== null ? value : {}),
    ]),
  );
}

function stretched(sentence: string): string {
  // Placeholders stay unchanged.
  const accented = sentence.replace(/\{\{.*?\}\}|[a-z]/g, one => LETTERS[one] ?? one);
  const more = Math.ceil(sentence.replace(/\{\{.*?\}\}/g, '').length * 0.4);
  return `[${accented}${' ~~~~~'.repeat(Math.ceil(more / 6)).slice(0, more)}]`;
}
