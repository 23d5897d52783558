/** All emulated routes of Pipedrive's API. */
import type { World } from '../../world/world.ts';
import { activityRoutes } from './activities.ts';
import { changelogRoutes } from './changelog.ts';
import { dealRoutes } from './deals.ts';
import { noteRoutes } from './notes.ts';
import { personRoutes } from './persons.ts';
import { pipelineRoutes } from './pipelines.ts';
import type { Route } from './route.ts';
import { searchRoutes } from './searches.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

export const pipedriveRoutes = (world: World): readonly Route[] => [
  ...userRoutes(),
  ...pipelineRoutes(world),
  ...personRoutes(world),
  ...dealRoutes(world),
  ...searchRoutes(world),
  ...changelogRoutes(world),
  ...noteRoutes(world),
  ...activityRoutes(world),
  ...webhookRoutes(world),
];
