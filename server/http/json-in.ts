/** What a body holds; null for an empty one, undefined for what is no JSON. */
export function jsonIn(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
