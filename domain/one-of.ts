/** Whether the word is one of these. Only words that it can be are taken, so a renamed kind or code does not compile. */
export function isOneOf<Word extends string, const Meant extends Word>(
  word: Word,
  these: readonly Meant[],
): word is Meant {
  const words: readonly Word[] = these;
  return words.includes(word);
}
