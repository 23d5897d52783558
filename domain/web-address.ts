/** Parses an absolute address; `null` if it is invalid. Some supported browsers lack `URL.canParse`. */
export function webAddress(written: string): URL | null {
  try {
    return new URL(written);
  } catch {
    return null;
  }
}
