/**
 * Fields of an answer whose type nobody documents, or that drift: ids as numbers or strings, flags as words, missing
 * names. Each comes in one type of ours, and never fails for more than itself.
 */
import { nonEmpty, optional, pipe, string, transform, unknown } from 'valibot';

/** What identifies a record has to be there: without it the record is not understood. */
export const id = pipe(
  unknown(),
  transform(value => (Number.isSafeInteger(value) ? String(value) : value)),
  string(),
  nonEmpty(),
);

/** Empty where there is none. */
export const words = optional(
  pipe(
    unknown(),
    transform(value => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')),
  ),
  null,
);

/** `null`: it does not say. */
export const flag = optional(pipe(unknown(), transform(flagOf)), null);

const YES: ReadonlySet<unknown> = new Set([true, 1, '1', 'Y', 'true']);
const NO: ReadonlySet<unknown> = new Set([false, 0, '0', 'N', 'false']);

function flagOf(value: unknown): boolean | null {
  if (YES.has(value)) return true;
  return NO.has(value) ? false : null;
}

/** How many, or when; `null`: it does not say. */
export const amount = optional(pipe(unknown(), transform(amountOf)), null);

function amountOf(value: unknown): number | null {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) && read >= 0 ? read : null;
}
