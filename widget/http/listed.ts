/** Lists in which one odd record says nothing about the others. */
import {
  check,
  nullish,
  pipe,
  safeParse,
  transform,
  unknown,
  type GenericSchema,
  type ObjectEntries,
} from 'valibot';
import { object } from './object.ts';

export type Listed<T> = {
  readonly items: readonly T[];
  /** How many records did not have the shape of an item. */
  readonly notUnderstood: number;
};

/** Some servers make an object of a list with gaps. */
const records = pipe(
  unknown(),
  check(list => Object(list) === list),
  transform((list): unknown[] => Object.values(Object(list))),
);

/** Each item is read for itself. A list that is missing is empty. */
export const listed = <T>(item: GenericSchema<unknown, T>) =>
  nullish(
    pipe(
      records,
      transform((all): Listed<T> => {
        const items = all.flatMap(one => {
          const { success, output } = safeParse(item, one);
          return success ? [output] : [];
        });
        return { items, notUnderstood: all.length - items.length };
      }),
    ),
    [],
  );

/**
 * An object whose every part may be missing. One that says something, and nothing of what is expected, is another
 * answer and no empty list: a page for signing in, or a shape that this version does not know.
 */
export const envelope = <const Entries extends ObjectEntries>(entries: Entries) =>
  nullish(
    pipe(
      unknown(),
      check(value => {
        const keys = Object.keys(Object(value));
        return keys.length === 0 || keys.some(key => Object.hasOwn(entries, key));
      }),
      object(entries),
    ),
    {},
  );
