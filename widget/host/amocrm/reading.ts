/**
 * Reads the data on the CRM's page without trusting its types: ids come as numbers or strings, records may be `false`,
 * `null` or an empty array, and names are HTML-escaped. The card's first view depends on this file, so it uses no
 * schema library.
 */

/** An own field of a value that may not be a record. */
export function field(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return Reflect.get(record, name);
}

export const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** An id, or `null` for every value that the CRM uses for "none": 0, "0", "", null, false. */
export function idOf(value: unknown): string | null {
  const id = text(value);
  return id === '' || id === '0' ? null : id;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Undoes the HTML escaping of names in the page's constants. Without an HTML parser, because a strict page forbids it.
 */
export const unescaped = (value: unknown): string =>
  text(value).replaceAll(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,6}|x[\da-f]{1,5}));/g,
    (_, name: string | undefined, code: string) =>
      name === undefined ? String.fromCodePoint(Number(`0${code}`)) : (ENTITIES[name] ?? ''),
  );

/** The CRM writes yes and no in two ways each. Any other value is neither. */
export const isYes = (value: unknown): boolean => value === true || value === 'Y';
export const isNo = (value: unknown): boolean => value === false || value === 'N';

export const entriesOf = (record: unknown): readonly (readonly [string, unknown])[] =>
  typeof record === 'object' && record !== null ? Object.entries(record) : [];
