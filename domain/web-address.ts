/** A whole address, or `null` for what is none. Not every supported browser has `URL.canParse`. */
export function webAddress(written: string): URL | null {
  try {
    return new URL(written);
  } catch {
    return null;
  }
}
