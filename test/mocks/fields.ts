/** The request bodies that an emulated service accepts. Unknown fields are distinguished from invalid ones. */
import * as v from 'valibot';

/** An object schema in which every other field is unknown, including those that every object inherits. */
export const fields = <const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.ObjectWithRestSchema<Entries, v.NeverSchema<undefined>, undefined> =>
  v.objectWithRest(Object.assign(Object.create(null), entries), v.never());

/** Issues that mean an unknown field, or an unknown value of a field with fixed choices. */
const NOT_EMULATED: ReadonlySet<string> = new Set(['never', 'picklist', 'literal']);

/** The fields of a body, and the values of fields with fixed choices, that an emulated service does not know. */
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

/** Schemas skip these names for safety, so they are checked separately. */
const PASSED_OVER = new Set(['__proto__', 'prototype', 'constructor']);

function passedOver(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => (PASSED_OVER.has(key) ? [key] : passedOver(value)));
}
