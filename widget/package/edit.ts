/** Replaces the range from `start` to `end` of a text. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

export function edited(code: string, edits: readonly Edit[]): string {
  let [text, from] = ['', 0];
  for (const { start, end, text: instead } of edits.toSorted((one, other) => one.start - other.start)) {
    text += code.slice(from, start) + instead;
    from = end;
  }
  return text + code.slice(from);
}
