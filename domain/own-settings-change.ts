import { fieldsOf, storedFields } from './own-settings.ts';

const VERSION = 1;

/** The path of a setting, such as `['claims', 'deals']`. */
export type SettingPath = readonly [string, ...string[]];

/**
 * Changes one setting in the string, or removes it if the value is `undefined`. Everything else stays as it is,
 * including unknown fields and the version number of a later version.
 */
export function withSetting(text: string, path: SettingPath, value: unknown): string {
  const { v, ...stored }: { readonly v?: unknown } = storedFields(text);
  const version = typeof v === 'number' && v > VERSION ? v : VERSION;
  return JSON.stringify({ v: version, ...changed(stored, path, value) });
}

/** An id may be any word, including `__proto__`, so only own fields are read and written. */
function changed(fields: object, [name = '', ...rest]: readonly string[], value: unknown): object {
  const entries = new Map(Object.entries(fields));
  const wanted = rest.length > 0 ? changed(fieldsOf(entries.get(name)), rest, value) : value;
  if (wanted === undefined) entries.delete(name);
  else entries.set(name, wanted);
  return Object.fromEntries(entries);
}
