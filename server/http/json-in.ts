/** Parses a body: null when it is empty, undefined when it is not JSON. */
export function jsonIn(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
