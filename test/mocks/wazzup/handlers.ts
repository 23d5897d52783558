/**
 * The chat service as the gateway meets it: API v3 and the roles' own host, over the world's chat account.
 * It knows only what was sent to it. The page never speaks to it directly, except to its window.
 */
import type { RequestHandler } from 'msw';
import type { World } from '../../world/world.ts';
import { channelRoutes } from './channels.ts';
import { contactRoutes } from './contacts.ts';
import { dealRoutes } from './deals.ts';
import { keysOf } from './key.ts';
import { messageRoutes } from './messages.ts';
import { settingsRoutes } from './settings.ts';
import { templateRoutes } from './templates.ts';
import { unansweredRoutes } from './unanswered.ts';
import { userRoutes } from './users.ts';
import { iframeRoutes, windowRoutes } from './window.ts';

/** https://api.wazzup24.com/v3 and https://tech.wazzup24.com/settings, for keys only. */
export function wazzupHandlers(world: World): RequestHandler[] {
  const keyed = keysOf(world);
  return [
    ...channelRoutes(world, keyed),
    ...userRoutes(world, keyed),
    ...contactRoutes(world, keyed),
    ...dealRoutes(world, keyed),
    ...messageRoutes(world, keyed),
    ...templateRoutes(world, keyed),
    ...settingsRoutes(world, keyed),
    ...unansweredRoutes(world, keyed),
    ...iframeRoutes(world, keyed),
  ];
}

/** What the chat window asks of its own server, under any origin. */
export const chatWindowHandlers = (world: World): RequestHandler[] => windowRoutes(world);
