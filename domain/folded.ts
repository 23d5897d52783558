/**
 * Text in the form that searches compare. Names and typed text are both folded, so a search ignores case, accents
 * (José, İrem, Ёлкин), kinds of apostrophes, hyphens and spaces, and invisible characters. Folding is idempotent.
 */
const PLAIN = /^[\t\n -@[-_a-~]*$/;
const MARKS = /[\u0300-\u036F]/g;
const INVISIBLE = /[\p{Cf}\p{DI}]/gu;
const BLANKS = /\s+/g;
const APOSTROPHES = /[\u0060\u00B4\u02B9-\u02BD\u2018\u2019\u201B\u2032\u2035]/g;
const HYPHENS = /[\p{Pd}\u2212]/gu;

/** Letters that Unicode does not decompose, each with what people type when their keyboard lacks it. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  'ıi łl øo đd ðd ħh ŧt æae œoe ßss þth ςσ қк ғг ңн үу ұу өо әа һх іи єе ґг'
    .split(' ')
    .map(pair => [pair.slice(0, 1), pair.slice(1)]),
);
const SPECIAL = new RegExp(`[${[...LETTERS.keys()].join('')}]`, 'g');

export function folded(text: string): string {
  if (PLAIN.test(text)) return text.replace(BLANKS, ' ');
  return (
    text
      // Unicode would decompose a lone acute accent into a space and a mark.
      .replace(APOSTROPHES, "'")
      .normalize('NFKD')
      .toLowerCase()
      .normalize('NFKD')
      .replace(MARKS, '')
      .replace(INVISIBLE, '')
      .replace(APOSTROPHES, "'")
      .replace(HYPHENS, '-')
      .replace(SPECIAL, letter => LETTERS.get(letter) ?? letter)
      .replace(BLANKS, ' ')
  );
}
