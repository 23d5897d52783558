/** Storage that is forbidden, full or spoilt throws, and nothing may fail because of that. */
export function allowed<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
