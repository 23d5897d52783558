/**
 * Narrows a word to one of the given words. The list may contain only words that the type allows, so a renamed kind or
 * code does not compile.
 */
export function isOneOf<Word extends string, const Meant extends Word>(
  word: Word,
  these: readonly Meant[],
): word is Meant {
  const words: readonly Word[] = these;
  return words.includes(word);
}
