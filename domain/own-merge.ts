/**
 * Merges the changes of two admins who edit own settings at the same time. A value that only one of them changed keeps
 * that change, down to the single rule, group or person; lists of ids take the additions and removals of both sides. If
 * both changed one value differently, `theirs` wins and `isContested` is set.
 */
import { fieldsOf } from './own-settings.ts';

export type Merged = { readonly settings: object; readonly isContested: boolean };

export function mergedOwn(base: object, mine: object, theirs: object): Merged {
  let isContested = false;
  const merged = (was: unknown, my: unknown, their: unknown): unknown => {
    if (same(my, was) || same(my, their)) return their;
    if (same(their, was)) return my;
    const all = [was, my, their].filter(one => one !== undefined);
    if (all.every(isFields)) return fields(fieldsOf(was), fieldsOf(my), fieldsOf(their));
    if (all.every(Array.isArray)) return items(listOf(was), listOf(my), listOf(their));
    isContested = true;
    return their;
  };
  const fields = (was: Fields, my: Fields, their: Fields): Fields =>
    Object.fromEntries(
      [...new Set([...Object.keys(their), ...Object.keys(my)])].flatMap(name => {
        const value = merged(own(was, name), own(my, name), own(their, name));
        return value === undefined ? [] : [[name, value]];
      }),
    );
  return { settings: fields({ ...base }, { ...mine }, { ...theirs }), isContested };
}

type Fields = { readonly [name: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An id may be any word, including `__proto__`. */
const own = (of: Fields, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const items = (was: readonly unknown[], my: readonly unknown[], their: readonly unknown[]): unknown[] => [
  ...their.filter(one => my.includes(one) || !was.includes(one)),
  ...my.filter(one => !was.includes(one) && !their.includes(one)),
];
