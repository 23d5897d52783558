/**
 * The CRM as the widget meets it: API v4 and the page's own requests, over the world's CRM account. Every
 * route acts as the employee whom the session names, with exactly his rights.
 */
import { http, type RequestHandler } from 'msw';
import type { World } from '../../world/world.ts';
import { slidingLimiter } from '../limiter.ts';
import { accountRoutes } from './account.ts';
import { contactRoutes } from './contacts.ts';
import { eventRoutes } from './events.ts';
import { leadRoutes } from './leads.ts';
import { noteRoutes } from './notes.ts';
import { pipelineRoutes } from './pipelines.ts';
import { tooMany } from './problem.ts';
import { sessionsOf, type WhoAsks } from './session.ts';
import { taskRoutes } from './tasks.ts';
import { tokenRoutes } from './token.ts';
import { userRoutes } from './users.ts';
import { widgetRoutes } from './widgets.ts';

export type { WhoAsks } from './session.ts';

/** A whole office behind one address shares them. */
const REQUESTS_A_SECOND = 7;

export function crmHandlers(world: World, whoAsks: WhoAsks): RequestHandler[] {
  const signedIn = sessionsOf(world, whoAsks);
  return [
    limit(world),
    ...accountRoutes(world, signedIn),
    ...userRoutes(world, signedIn),
    ...pipelineRoutes(world, signedIn),
    ...contactRoutes(world, signedIn),
    ...leadRoutes(world, signedIn),
    ...noteRoutes(world, signedIn),
    ...taskRoutes(world, signedIn),
    ...eventRoutes(world, signedIn),
    ...tokenRoutes(world, signedIn),
    ...widgetRoutes(world, signedIn),
  ];
}

/** Lets a request on to the routes by answering nothing. */
function limit(world: World): RequestHandler {
  const limiter = slidingLimiter(world.clock, REQUESTS_A_SECOND, 1000);
  return http.all(/\/(api\/v4|ajax)\//, () =>
    world.options.crmLimiter && limiter.isFull() ? tooMany(world.oddities.retryAfterSeconds) : undefined,
  );
}
