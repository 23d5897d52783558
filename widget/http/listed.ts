/** Lists in which one unreadable record does not affect the others. */
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
  /** How many records did not match the format of an item. */
  readonly notUnderstood: number;
};

/** Some servers encode a list with gaps as an object. */
const records = pipe(
  unknown(),
  check(list => Object(list) === list),
  transform((list): unknown[] => Object.values(Object(list))),
);

/** Reads each item separately. A missing list is empty. */
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
 * An object whose parts are all optional. An object that has fields but none of the expected ones is a different
 * answer, not an empty list: a login page, or a format that this version does not know.
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
