/**
 * Deals of v2. Archived deals have a separate list, and a person's deals do not include those in which they are only a
 * participant.
 */
import type { Deal } from '../../world/pipedrive/deals.ts';
import type { World } from '../../world/world.ts';
import { number, someOf, type Parameters } from '../parameters.ts';
import { dealChange, wireDeal } from './deal-wire.ts';
import { cursorPage, ok } from './envelope.ts';
import { problem } from './problem.ts';
import { refused } from './refused.ts';
import { route, type Route } from './route.ts';
import { isListed, SEEKING, SORTING, soughtBy } from './sought.ts';

export const dealRoutes = (world: World): Route[] => [
  listOf(world, 'GET /api/v2/deals', 10, one => !one.isArchived),
  listOf(world, 'GET /api/v2/deals/archived', 20, one => one.isArchived),
  route('GET /api/v2/deals/:id', { scopes: ['deals:read'], cost: 1 }, ({ company, me, params }) => {
    const deal = company.dealFor(me.id, Number(params['id']));
    return typeof deal === 'string' ? refused(world, 'deal', deal) : ok(wireDeal(deal));
  }),
  route(
    'PATCH /api/v2/deals/:id',
    { scopes: ['deals:full'], cost: 5, body: dealChange },
    ({ company, actor, params, body }) => {
      const { stageId } = body;
      const stage = company.stages.find(one => one.id === stageId);
      if (stageId !== undefined && !stage) return problem(400, 'stage_id is invalid');
      const moved = stage ? { pipelineId: stage.pipelineId } : {};
      const deal = company.changeDeal(actor, Number(params['id']), { ...body, ...moved });
      return typeof deal === 'string' ? refused(world, 'deal', deal) : ok(wireDeal(deal));
    },
  ),
];

const query: Parameters = {
  ...SEEKING,
  person_id: number,
  pipeline_id: number,
  stage_id: number,
  status: someOf('open', 'won', 'lost'),
};

const listOf = (world: World, on: Route['on'], cost: number, isKept: (deal: Deal) => boolean): Route =>
  route(on, { scopes: ['deals:read'], cost, query }, ({ company, me, query }) => {
    const isSought = soughtBy(query);
    if (isSought instanceof Response) return isSought;
    const statuses = query.getAll('status').flatMap(one => one.split(','));
    const isOf = (name: string, value: number | null): boolean =>
      !query.has(name) || value === Number(query.get(name));
    const found = [...company.deals.values()].filter(
      one =>
        isListed(world, one, query) &&
        isKept(one) &&
        company.rights.sees(me.id, one) &&
        isOf('person_id', one.personId) &&
        isOf('pipeline_id', one.pipelineId) &&
        isOf('stage_id', one.stageId) &&
        (statuses.length === 0 || statuses.includes(one.status)) &&
        isSought(one),
    );
    return cursorPage(world, found, query, SORTING, wireDeal);
  });
