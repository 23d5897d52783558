/** Ids of Pipedrive, and fields of what may be no record. Apart from wire.ts, because a first face needs no more. */
import { check, nullable, optional, pipe, transform, unknown } from 'valibot';
import { id } from '../../http/fields.ts';

/** All ids are whole numbers from 1. */
export const recordId = pipe(
  id,
  check(written => /^[1-9]\d*$/.test(written)),
);

const NONE: ReadonlySet<unknown> = new Set([undefined, null, 0, '0', '']);

/** Another record, or `null` for none. Anything else is not understood: it must not pass for none. */
export const linkedId = optional(
  pipe(
    unknown(),
    transform(value => (NONE.has(value) ? null : value)),
    nullable(recordId),
  ),
  null,
);

/** An own field of something that may be no record at all. */
export function readIn(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return Reflect.get(record, name);
}
