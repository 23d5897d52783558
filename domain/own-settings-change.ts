import { fieldsOf, storedFields } from './own-settings.ts';

const VERSION = 1;

/** Where a setting is, such as `['claims', 'deals']`. */
export type SettingPath = readonly [string, ...string[]];

/**
 * The string with one setting changed, or taken out by `undefined`. Everything else stays as it is: a later version's
 * fields and number, and what means nothing to us.
 */
export function withSetting(text: string, path: SettingPath, value: unknown): string {
  const { v, ...stored }: { readonly v?: unknown } = storedFields(text);
  const version = typeof v === 'number' && v > VERSION ? v : VERSION;
  return JSON.stringify({ v: version, ...changed(stored, path, value) });
}

/** An id may be any word, `__proto__` too: only own fields are looked at and made. */
function changed(fields: object, [name = '', ...rest]: readonly string[], value: unknown): object {
  const entries = new Map(Object.entries(fields));
  const wanted = rest.length > 0 ? changed(fieldsOf(entries.get(name)), rest, value) : value;
  if (wanted === undefined) entries.delete(name);
  else entries.set(name, wanted);
  return Object.fromEntries(entries);
}
