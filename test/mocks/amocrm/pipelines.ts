/** GET /api/v4/leads/pipelines, open to every employee, all in one answer. 142 and 143 close a deal in any pipeline. */
import type { CrmPipeline } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { hal, selfLink } from './hal.ts';
import { route, type Route } from './route.ts';

export const pipelineRoutes = (world: World): Route[] => [
  route('GET /api/v4/leads/pipelines', {}, ({ request }) =>
    hal({
      _total_items: world.crm.pipelines.length,
      _links: selfLink(request.url),
      _embedded: { pipelines: world.crm.pipelines.map((one, at) => wirePipeline(world, one, at)) },
    }),
  ),
];

function wirePipeline(world: World, { id, name, statuses }: CrmPipeline, at: number): unknown {
  const { id: accountId, origin } = world.crm.account;
  const href = `${origin}/api/v4/leads/pipelines/${id}`;
  return {
    id,
    name,
    sort: at + 1,
    is_main: at === 0,
    is_unsorted_on: false,
    is_archive: false,
    account_id: accountId,
    _links: selfLink(href),
    _embedded: {
      statuses: statuses.map((status, order) => ({
        id: status.id,
        name: status.name,
        sort: (order + 1) * 10,
        is_editable: status.id !== 142 && status.id !== 143,
        pipeline_id: id,
        color: '#c1c1c1',
        type: 0,
        account_id: accountId,
        _links: selfLink(`${href}/statuses/${status.id}`),
      })),
    },
  };
}
