/**
 * Pipelines and stages of v2, readable for users who may read deals. A hidden pipeline looks as if it did not exist.
 */
import type { Pipeline, Stage } from '../../world/pipedrive/pipelines.ts';
import type { World } from '../../world/world.ts';
import { number, oneOf, type Parameters } from '../parameters.ts';
import { cursorPage, ok, timeOf } from './envelope.ts';
import { notFound } from './problem.ts';
import { route, type Route } from './route.ts';
import { LISTING } from './sought.ts';

const reading = { scopes: ['deals:read', 'admin'] };
const MADE = timeOf(Date.UTC(2025, 0, 5, 9));
const sorted: Parameters = { ...LISTING, sort_by: oneOf('id', 'order_nr') };

const wirePipeline = ({ id, name, orderNr, isDeleted }: Pipeline): unknown => ({
  id,
  name,
  order_nr: orderNr,
  is_deleted: isDeleted,
  is_deal_probability_enabled: false,
  add_time: MADE,
  update_time: MADE,
  is_selected: orderNr === 1,
});

const wireStage = ({ id, name, orderNr, isDeleted, pipelineId }: Stage): unknown => ({
  id,
  order_nr: orderNr,
  name,
  is_deleted: isDeleted,
  deal_probability: 100,
  pipeline_id: pipelineId,
  is_deal_rot_enabled: false,
  days_to_rotten: null,
  add_time: MADE,
  update_time: MADE,
});

const sorting = {
  id: (one: Pipeline | Stage) => one.id,
  order_nr: (one: Pipeline | Stage) => one.orderNr,
};

export const pipelineRoutes = (world: World): Route[] => [
  route('GET /api/v2/pipelines', { ...reading, cost: 5, query: sorted }, ({ company, query }) => {
    const found = company.pipelines.filter(one => !one.isDeleted);
    return cursorPage(world, found, query, sorting, wirePipeline);
  }),
  route('GET /api/v2/pipelines/:id', { ...reading, cost: 1 }, ({ company, params }) => {
    const pipeline = company.pipelines.find(one => one.id === Number(params['id']));
    return pipeline ? ok(wirePipeline(pipeline)) : notFound('Pipeline');
  }),
  route(
    'GET /api/v2/stages',
    { ...reading, cost: 5, query: { ...sorted, pipeline_id: number } },
    ({ company, query }) => {
      const asked = query.get('pipeline_id');
      const found = company.stages.filter(
        one => !one.isDeleted && (asked === null || one.pipelineId === Number(asked)),
      );
      return cursorPage(world, found, query, sorting, wireStage);
    },
  ),
  route('GET /api/v2/stages/:id', { ...reading, cost: 1 }, ({ company, params }) => {
    const stage = company.stages.find(one => one.id === Number(params['id']));
    return stage ? ok(wireStage(stage)) : notFound('Stage');
  }),
];
