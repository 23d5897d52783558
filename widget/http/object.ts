/**
 * An object schema with exactly the named keys. Valibot iterates a schema with `for…in`, which would include properties
 * that a page adds to `Object.prototype`.
 */
import { object as shapeOf, type ObjectEntries, type ObjectSchema } from 'valibot';

export const object = <const Entries extends ObjectEntries>(
  entries: Entries,
): ObjectSchema<Entries, undefined> => shapeOf(Object.setPrototypeOf({ ...entries }, null));
