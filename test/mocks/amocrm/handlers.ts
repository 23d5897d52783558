/**
 * The CRM as the widget sees it: API v4 and the page's own requests, over the world's CRM account. Every route acts as
 * the session's employee, with exactly their rights.
 */
import { http, type RequestHandler } from 'msw';
import type { World } from '../../world/world.ts';
import { slidingLimiter, type Limiter } from '../limiter.ts';
import { accountRoutes } from './account.ts';
import { bearerOf, grantOf } from './bearer.ts';
import { hookCarrier } from './carrier.ts';
import { contactRoutes } from './contacts.ts';
import { eventRoutes } from './events.ts';
import { leadRoutes } from './leads.ts';
import { noteRoutes } from './notes.ts';
import { oauthRoutes } from './oauth.ts';
import { pipelineRoutes } from './pipelines.ts';
import { tooMany } from './problem.ts';
import type { Route } from './route.ts';
import { routed, type WhoAsks } from './router.ts';
import { taskRoutes } from './tasks.ts';
import { tokenRoutes } from './token.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';
import { widgetRoutes } from './widgets.ts';

export type { WhoAsks } from './router.ts';

/** Shared by a whole office behind one address. */
const REQUESTS_A_SECOND = 7;
const REQUESTS_OF_ACCOUNT = 50;

/** All emulated routes. */
export const crmRoutes = (world: World): readonly Route[] => [
  ...accountRoutes(world),
  ...userRoutes(world),
  ...pipelineRoutes(world),
  ...contactRoutes(world),
  ...leadRoutes(world),
  ...noteRoutes(world),
  ...taskRoutes(world),
  ...eventRoutes(world),
  ...tokenRoutes(world),
  ...widgetRoutes(world),
  ...webhookRoutes(world),
];

/** Handlers for the account from whose view this world is seen. Mounting the CRM also starts sending its hooks. */
export function crmHandlers(world: World, whoAsks: WhoAsks): RequestHandler[] {
  world.carryHooks(hookCarrier(world));
  return [limit(world), ...oauthRoutes(world), routed(world, whoAsks, crmRoutes(world))];
}

/**
 * Returns nothing to pass a request on to the routes. Every integration may send seven requests per second, the office
 * shares seven, and the account has fifty in total.
 */
function limit(world: World): RequestHandler {
  const all = slidingLimiter(world.clock, REQUESTS_OF_ACCOUNT, 1000);
  const each = new Map<string, Limiter>();
  const limiterOf = (who: string): Limiter => {
    const limiter = each.get(who) ?? slidingLimiter(world.clock, REQUESTS_A_SECOND, 1000);
    each.set(who, limiter);
    return limiter;
  };
  return http.all(/\/(api\/v4|ajax)\//, async ({ request }) => {
    if (!world.options.crmLimiter) return undefined;
    const token = bearerOf(request);
    const grant = token === undefined ? undefined : await grantOf(world, token);
    const isFull = limiterOf(grant?.integrationUuid ?? 'office').isFull() || all.isFull();
    return isFull ? tooMany(world.oddities.retryAfterSeconds) : undefined;
  });
}
