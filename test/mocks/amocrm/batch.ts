/**
 * PATCH of a list: every record gets a responsible of its own, and the answer names each by its `request_id`.
 * One record that is missing or given to nobody refuses the whole list before anything is changed. A missing
 * right to edit is error 244 for the whole list; what it means for the others is `refusedBatch`.
 */
import * as v from 'valibot';
import type { Refusal } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { hal, selfLink } from './hal.ts';
import { invalid, noRights, problem, type Invalid } from './problem.ts';
import type { Visit } from './session.ts';

const MOST_RECORDS = 250;

export const requestId = v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String)));

const batch = v.pipe(
  v.array(v.looseObject({ id: v.number(), responsible_user_id: v.number(), request_id: requestId })),
  v.nonEmpty(),
);
type Batch = v.InferOutput<typeof batch>;

type Records<T> = {
  readonly kind: 'contacts' | 'leads';
  readonly find: (id: number) => T | undefined;
  readonly mayEdit: (record: T) => boolean;
  readonly assign: (actorId: number, id: number, toId: number) => T | Refusal;
  /** What the answer says of a record besides its id and time. */
  readonly told: (record: T) => object;
};

export async function assignBatch<T extends { readonly updatedAt: number }>(
  world: World,
  { me, request }: Visit,
  { kind, find, mayEdit, assign, told }: Records<T>,
): Promise<Response> {
  const { success, output } = v.safeParse(batch, await request.json().catch(() => undefined));
  if (!success) return problem(400, 'Request data can not be empty');
  if (output.length > MOST_RECORDS) return problem(422, `Limit ${MOST_RECORDS} per page`);
  const errors = errorsIn(world, output, find);
  if (errors.size > 0) return invalid(errors);
  const allowed = output.every(({ id }) => editable(find(id), mayEdit));
  if (allowed || world.oddities.refusedBatch === 'others-changed') {
    output.forEach(({ id, responsible_user_id: toId }) => assign(me.id, id, toId));
    world.changed();
  }
  if (!allowed) return noRights();
  const records = output.flatMap(({ id }, at) => {
    const record = find(id);
    const href = `${world.crm.account.origin}/api/v4/${kind}/${id}`;
    const about = {
      updated_at: record?.updatedAt,
      request_id: requestIdOf(output, at),
      _links: selfLink(href),
    };
    return record ? [{ id, ...told(record), ...about }] : [{ id, ...about }];
  });
  return hal({ _links: selfLink(request.url), _embedded: { [kind]: records } });
}

const editable = <T>(record: T | undefined, mayEdit: (record: T) => boolean): boolean =>
  record !== undefined && mayEdit(record);

const requestIdOf = (given: Batch, at: number): string => given[at]?.request_id ?? String(at);

function errorsIn(
  { crm }: World,
  given: Batch,
  find: (id: number) => unknown,
): ReadonlyMap<string, readonly Invalid[]> {
  return new Map(
    given.flatMap(({ id, responsible_user_id }, at) => {
      const errors: Invalid[] = [
        ...(find(id) ? [] : [{ path: 'id', code: 'NotFound', detail: 'Entity not found' }]),
        ...(crm.users.get(responsible_user_id)?.isActive ? [] : [{ path: 'responsible_user_id' }]),
      ];
      return errors.length > 0 ? [[requestIdOf(given, at), errors] as const] : [];
    }),
  );
}
