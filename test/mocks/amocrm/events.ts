/**
 * GET /api/v4/events: who became the owner of what, newest first, limited to what the employee may see and what is
 * readable by now.
 */
import type { CrmUser, OwnerChange } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { idsOf, valuesOf } from './filter.ts';
import { hal, nothing, pageOf, selfLink, PAGING } from './hal.ts';
import { problem } from './problem.ts';
import { number, numbers, someOf } from '../parameters.ts';
import { route, type Route } from './route.ts';

const LONGEST_PAGE = 100;
const MOST_IDS = 10;

export const eventRoutes = (world: World): Route[] => [
  route(
    'GET /api/v4/events',
    {
      query: {
        ...PAGING,
        'filter[entity]': someOf('contact', 'lead'),
        'filter[entity_id]': numbers,
        'filter[type]': someOf('entity_responsible_changed'),
        'filter[created_at]': number,
        'filter[created_at][from]': number,
        'filter[created_at][to]': number,
        'filter[created_by]': numbers,
        'filter[value_before][responsible_user_id]': numbers,
        'filter[value_after][responsible_user_id]': numbers,
      },
    },
    ({ me, request, query }) => {
      if (!understood(query)) return problem(400, 'Request validation failed');
      const found = world.crm.ownerChanges
        .filter(
          event => event.readableAt <= world.clock.now() && maySee(world, me, event) && asked(query, event),
        )
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      const page = pageOf(found, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const events = page.items.map(event => wireEvent(world, event));
      return hal({ _page: page.number, _links: page.links, _embedded: { events } });
    },
  ),
];

/** Ids require exactly one kind of entity, and at most ten are allowed. */
function understood(query: URLSearchParams): boolean {
  const ids = valuesOf(query, 'filter[entity_id]');
  const authors = valuesOf(query, 'filter[created_by]');
  return (
    ids.length <= MOST_IDS &&
    authors.length <= MOST_IDS &&
    (ids.length === 0 || valuesOf(query, 'filter[entity]').length === 1)
  );
}

function maySee({ crm }: World, me: CrmUser, { entityType, entityId }: OwnerChange): boolean {
  return crm.shows(me.id, { entityType: `${entityType}s`, entityId });
}

function asked(query: URLSearchParams, event: OwnerChange): boolean {
  const entities = valuesOf(query, 'filter[entity]');
  const among = (name: string, id: number): boolean => idsOf(query, name)?.has(id) ?? true;
  return (
    (entities.length === 0 || entities.includes(event.entityType)) &&
    among('filter[entity_id]', event.entityId) &&
    among('filter[created_by]', event.createdBy) &&
    among('filter[value_before][responsible_user_id]', event.before) &&
    among('filter[value_after][responsible_user_id]', event.after) &&
    inTime(query, event.createdAt)
  );
}

/** A single time means later than it; a range includes both ends. Times are whole seconds. */
function inTime(query: URLSearchParams, createdAt: number): boolean {
  const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);
  return (
    createdAt > number('filter[created_at]', -Infinity) &&
    createdAt >= number('filter[created_at][from]', -Infinity) &&
    createdAt <= number('filter[created_at][to]', Infinity)
  );
}

const valueOf = (responsible: number): unknown => [{ responsible_user: { id: responsible } }];

function wireEvent(world: World, event: OwnerChange): unknown {
  const { id: accountId, origin } = world.crm.account;
  const entityLink = `${origin}/api/v4/${event.entityType}s/${event.entityId}`;
  return {
    id: event.id,
    type: 'entity_responsible_changed',
    entity_id: event.entityId,
    entity_type: event.entityType,
    created_by: event.createdBy,
    created_at: event.createdAt,
    value_before: valueOf(event.before),
    value_after: valueOf(event.after),
    account_id: accountId,
    _links: selfLink(`${origin}/api/v4/events/${event.id}`),
    _embedded: { entity: { id: event.entityId, _links: selfLink(entityLink) } },
  };
}
