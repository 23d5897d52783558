/**
 * Fields whose types are undocumented or vary: ids as numbers or strings, flags as words, missing names. Each is
 * converted to one type, and an unreadable value affects only its own field.
 */
import { nonEmpty, optional, pipe, string, transform, unknown } from 'valibot';

/** A record without an id is not understood, so this field is required. */
export const id = pipe(
  unknown(),
  transform(value => (Number.isSafeInteger(value) ? String(value) : value)),
  string(),
  nonEmpty(),
);

/** Text; empty if missing. */
export const words = optional(
  pipe(
    unknown(),
    transform(value => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')),
  ),
  null,
);

/** A boolean; `null` if missing. */
export const flag = optional(pipe(unknown(), transform(flagOf)), null);

const YES: ReadonlySet<unknown> = new Set([true, 1, '1', 'Y', 'true']);
const NO: ReadonlySet<unknown> = new Set([false, 0, '0', 'N', 'false']);

function flagOf(value: unknown): boolean | null {
  if (YES.has(value)) return true;
  return NO.has(value) ? false : null;
}

/** A number or a time; `null` if missing. */
export const amount = optional(pipe(unknown(), transform(amountOf)), null);

function amountOf(value: unknown): number | null {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) && read >= 0 ? read : null;
}
