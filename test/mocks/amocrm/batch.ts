/**
 * PATCH of a list: every record gets the values of its own row, and the answer identifies each by its `request_id`. A
 * missing record or unknown owner refuses the whole list before anything is changed. A missing right to edit is error
 * 244 for the whole list; what happens to the other records depends on `refusedBatch`.
 */
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { hal, selfLink } from './hal.ts';
import { invalid, noRights, problem, type Invalid } from './problem.ts';
import { fields } from '../fields.ts';
import type { Visit } from './route.ts';

const MOST_RECORDS = 250;

export const batchOf = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(v.array(fields({ ...entries, id: v.number() })), v.nonEmpty());

type Row = { readonly id: number; readonly request_id?: string | undefined };

type Records<T, Given> = {
  readonly kind: 'contacts' | 'leads';
  readonly find: (id: number) => T | undefined;
  readonly mayEdit: (record: T) => boolean;
  readonly errorsIn: (given: Given, record: T | undefined) => readonly Invalid[];
  readonly change: (record: T, given: Given) => unknown;
  /** The fields of a record in the answer besides its id and time. */
  readonly told: (record: T) => object;
};

export function changeBatch<T extends { readonly updatedAt: number }, Given extends Row>(
  world: World,
  { request, body }: Visit<readonly Given[]>,
  { kind, find, mayEdit, errorsIn, change, told }: Records<T, Given>,
): Response {
  if (body.length > MOST_RECORDS) return problem(422, `Limit ${MOST_RECORDS} per page`);
  const rows = body.map((given, at) => ({
    given,
    record: find(given.id),
    request_id: given.request_id ?? String(at),
  }));
  const errors = new Map(
    rows.flatMap(({ given, record, request_id }) => {
      const missing = record ? [] : [{ path: 'id', code: 'NotFound', detail: 'Entity not found' }];
      const found = [...missing, ...errorsIn(given, record)];
      return found.length > 0 ? [[request_id, found] as const] : [];
    }),
  );
  if (errors.size > 0) return invalid(errors);
  const allowed = rows.every(({ record }) => record !== undefined && mayEdit(record));
  if (allowed || world.oddities.refusedBatch === 'others-changed') {
    rows.forEach(({ record, given }) => record && change(record, given));
    world.changed();
  }
  if (!allowed) return noRights();
  const records = rows.map(({ given: { id }, record, request_id }) => {
    const _links = selfLink(`${world.crm.account.origin}/api/v4/${kind}/${id}`);
    const about = { updated_at: record?.updatedAt, request_id, _links };
    return Object.assign({ id }, record && told(record), about);
  });
  return hal({ _links: selfLink(request.url), _embedded: { [kind]: records } });
}
