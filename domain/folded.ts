/**
 * A text as a search sees it. Both the names and what is typed are folded, so that neither case nor accents (José, İrem,
 * Ёлкин), nor kinds of apostrophes, hyphens and blanks, nor invisible characters keep somebody from being found. Folding
 * twice changes nothing more.
 */
const PLAIN = /^[\t\n -@[-_a-~]*$/;
const MARKS = /[\u0300-\u036F]/g;
const INVISIBLE = /[\p{Cf}\p{DI}]/gu;
const BLANKS = /\s+/g;
const APOSTROPHES = /[\u0060\u00B4\u02B9-\u02BD\u2018\u2019\u201B\u2032\u2035]/g;
const HYPHENS = /[\p{Pd}\u2212]/gu;

/** Letters that Unicode does not take apart, each with what people type who do not have it on their keyboard. */
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
      // The acute accent alone would be taken apart into a blank and a mark.
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
