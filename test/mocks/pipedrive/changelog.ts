/**
 * Who changed what: the changelog with values as texts and a cursor, and the flow with typed values and offsets, both
 * newest first. Also `permittedUsers`, the users who can see a record.
 */
import type { FieldChange } from '../../world/pipedrive/changelog.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import type { ItemKind } from '../../world/pipedrive/rights.ts';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';
import { anything, oneOf, someOf } from '../parameters.ts';
import { cursorPage, ok, placedPage, textTimeOf } from './envelope.ts';
import { refused } from './refused.ts';
import { route, type Route, type Visit } from './route.ts';

const KINDS = [
  ['persons', 'person'],
  ['deals', 'deal'],
] as const satisfies readonly (readonly [string, ItemKind])[];

export const changelogRoutes = (world: World): Route[] =>
  KINDS.flatMap(([path, kind]) => [
    route(
      `GET /api/v1/${path}/:id/changelog`,
      { scopes: ['recents:read'], cost: 20, query: { limit: anything, cursor: anything } },
      visit =>
        shown(world, kind, visit, id =>
          cursorPage(
            world,
            visit.company.changelog.of(kind, id),
            visit.query,
            { id: one => one.id },
            wireChange,
            'desc',
          ),
        ),
    ),
    route(
      `GET /api/v1/${path}/:id/flow`,
      {
        scopes: ['recents:read'],
        cost: 40,
        query: {
          items: someOf('change', `${kind}Change`),
          all_changes: oneOf('0', '1'),
          start: anything,
          limit: anything,
        },
      },
      visit =>
        shown(world, kind, visit, id =>
          visit.query.has('items')
            ? placedPage(visit.company.changelog.of(kind, id), visit.query, one =>
                wireFlow(visit.company, one),
              )
            : lacking(world, [`GET /api/v1/${path}/:id/flow without items=change`]),
        ),
    ),
    route(`GET /api/v1/${path}/:id/permittedUsers`, { scopes: scopesOf(kind), cost: 10 }, visit =>
      shown(world, kind, visit, id => {
        const { persons, deals, rights } = visit.company;
        const record = (kind === 'person' ? persons : deals).get(id);
        return ok(record ? rights.permitted(record) : []);
      }),
    ),
  ]);

const scopesOf = (kind: ItemKind): string[] => [kind === 'person' ? 'contacts:read' : 'deals:read'];

/** The history of a hidden record is hidden too. */
function shown(
  world: World,
  kind: ItemKind,
  { company, me, params }: Visit,
  answer: (id: number) => Response,
): Response {
  const id = Number(params['id']);
  const record = kind === 'person' ? company.personFor(me.id, id) : company.dealFor(me.id, id);
  return typeof record === 'string' ? refused(world, kind, record) : answer(id);
}

const textOf = (value: FieldChange['before']): string | null => (value === null ? null : String(value));

const wireChange = ({ fieldKey, before, after, actor, at }: FieldChange): unknown => ({
  field_key: fieldKey,
  old_value: textOf(before),
  new_value: textOf(after),
  actor_user_id: actor.userId,
  time: textTimeOf(at),
  change_source: actor.source ?? 'app',
  change_source_user_agent: actor.userAgent ?? null,
  is_bulk_update_flag: actor.isBulk ?? false,
});

const isOwnerKey = (key: string): boolean => key === 'owner_id' || key === 'user_id';

function wireFlow({ users }: Company, change: FieldChange): unknown {
  const { id, kind, itemId, fieldKey, before, after, actor, at } = change;
  const named = (value: FieldChange['before']): string | null =>
    (isOwnerKey(fieldKey) ? users.get(Number(value))?.name : undefined) ?? textOf(value);
  return {
    object: `${kind}Change`,
    timestamp: textTimeOf(at),
    data: {
      id,
      item_id: itemId,
      user_id: actor.userId,
      field_key: fieldKey,
      old_value: before,
      new_value: after,
      is_bulk_update_flag: actor.isBulk === true ? true : null,
      log_time: textTimeOf(at),
      change_source: actor.source ?? 'app',
      change_source_user_agent: actor.userAgent ?? null,
      additional_data: { old_value_formatted: named(before), new_value_formatted: named(after) },
    },
  };
}
