/**
 * Pipedrive's ids, and fields of values that may not be records. Separate from wire.ts, because a panel's first face needs
 * only these.
 */
import { check, nullable, optional, pipe, transform, unknown } from 'valibot';
import { id } from '../../http/fields.ts';

/** All ids are positive integers. */
export const recordId = pipe(
  id,
  check(written => /^[1-9]\d*$/.test(written)),
);

const NONE: ReadonlySet<unknown> = new Set([undefined, null, 0, '0', '']);

/** The id of a linked record, or `null` for none. Any other value is an error, because it must not count as none. */
export const linkedId = optional(
  pipe(
    unknown(),
    transform(value => (NONE.has(value) ? null : value)),
    nullable(recordId),
  ),
  null,
);

/** A field of a value that may not be a record. Inherited fields do not count. */
export function readIn(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return Reflect.get(record, name);
}
