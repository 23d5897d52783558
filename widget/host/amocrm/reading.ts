/**
 * Reads what the CRM's page holds without trusting its types: ids come as numbers or strings, records may
 * be `false`, `null` or an empty array, and names are HTML-escaped. The card's first face depends on this
 * file, so it does without a schema library.
 */

/** An own field of something that may be no record at all. */
export function field(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return Reflect.get(record, name);
}

export const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** An id, or `null` for everything that the CRM uses to say "none": 0, "0", "", null, false. */
export function idOf(value: unknown): string | null {
  const id = text(value);
  return id === '' || id === '0' ? null : id;
}

/** The page escapes names in its constants. A text node of a parser document gives them back and runs nothing. */
export function unescaped(value: unknown): string {
  const escaped = text(value);
  return escaped.includes('&')
    ? (new DOMParser().parseFromString(escaped.replaceAll('<', '&lt;'), 'text/html').documentElement
        .textContent ?? '')
    : escaped;
}

export const entriesOf = (record: unknown): readonly (readonly [string, unknown])[] =>
  typeof record === 'object' && record !== null ? Object.entries(record) : [];
