/** The table of everything that is emulated of Pipedrive's API. */
import type { World } from '../../world/world.ts';
import { dealRoutes } from './deals.ts';
import { personRoutes } from './persons.ts';
import { pipelineRoutes } from './pipelines.ts';
import type { Route } from './route.ts';
import { userRoutes } from './users.ts';

export const pipedriveRoutes = (world: World): readonly Route[] => [
  ...userRoutes(),
  ...pipelineRoutes(world),
  ...personRoutes(world),
  ...dealRoutes(world),
];
