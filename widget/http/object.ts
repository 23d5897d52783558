/**
 * The shape of an object, with the keys that it names and no others. Valibot walks a shape by `for…in`, which on a page
 * that extends `Object.prototype` finds what the page has put there.
 */
import { object as shapeOf, type ObjectEntries, type ObjectSchema } from 'valibot';

export const object = <const Entries extends ObjectEntries>(
  entries: Entries,
): ObjectSchema<Entries, undefined> => shapeOf(Object.setPrototypeOf({ ...entries }, null));
