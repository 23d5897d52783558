/** The bodies that an emulated service takes: a field that it does not know is told from a wrong one. */
import * as v from 'valibot';

/** An object of which no other field is known, also none that every object inherits. */
export const fields = <const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.ObjectWithRestSchema<Entries, v.NeverSchema<undefined>, undefined> =>
  v.objectWithRest(Object.assign(Object.create(null), entries), v.never());

/** A field is not known, or the value of a field that has a choice of them. */
const NOT_EMULATED: ReadonlySet<string> = new Set(['never', 'picklist', 'literal']);

/** The fields of a body, and the values of those with a choice, that an emulated service does not know. */
export function unknownIn(schema: v.GenericSchema, body: unknown): string[] {
  const { issues = [] } = v.safeParse(schema, body);
  const found = issues
    .filter(({ type, path }) => NOT_EMULATED.has(type) && !Array.isArray(path?.at(-1)?.input))
    .map(({ type, path = [], received }) => {
      const name = path.map(({ key }) => (typeof key === 'number' ? '[]' : String(key))).join('.');
      return type === 'never' ? name : `${name}: ${received}`;
    });
  return [...found, ...passedOver(body)];
}

/** The schemas pass over these, for the safety of whoever copies a record. */
const PASSED_OVER = new Set(['__proto__', 'prototype', 'constructor']);

function passedOver(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => (PASSED_OVER.has(key) ? [key] : passedOver(value)));
}
