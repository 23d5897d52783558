/**
 * The chat service as the gateway sees it: API v3 and the roles' own host, over the world's chat account. It knows only
 * what was sent to it. The page never talks to it directly, except to its window.
 */
import { getResponse, http, type RequestHandler } from 'msw';
import type { ChatAccount } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { chatHookCarriers } from './carrier.ts';
import { channelRoutes } from './channels.ts';
import { contactRoutes } from './contacts.ts';
import { dealRoutes } from './deals.ts';
import { bearerOf, keysOf } from './key.ts';
import { messageRoutes } from './messages.ts';
import { settingsRoutes } from './settings.ts';
import { templateRoutes } from './templates.ts';
import { unansweredRoutes } from './unanswered.ts';
import { userRoutes } from './users.ts';
import { chatRoutes } from './v2/chats.ts';
import { partnerOAuthRoutes } from './v2/oauth.ts';
import { peopleRoutes } from './v2/people.ts';
import { roleRoutes } from './v2/roles.ts';
import { partnerRouter } from './v2/route.ts';
import { wauthRoutes } from './wauth.ts';
import { webhookRoutes } from './webhooks.ts';
import { iframeRoutes, windowRoutes } from './window.ts';

/**
 * https://api.wazzup24.com/v3, https://tech.wazzup24.com/settings and its /v2. The key determines the account. Mounting
 * them also starts sending the accounts' webhooks.
 */
export function wazzupHandlers(world: World): RequestHandler[] {
  world.carryChatHooks(chatHookCarriers(world));
  const first = routesOf(world);
  const others = new WeakMap<ChatAccount, readonly RequestHandler[]>();
  const routesFor = (chat: ChatAccount | undefined): readonly RequestHandler[] => {
    if (chat === undefined || chat === world.chat) return first;
    const routes = others.get(chat) ?? routesOf(world.seenFromChat(chat));
    others.set(chat, routes);
    return routes;
  };
  return [
    ...partnerOAuthRoutes(world),
    partnerRouter(world, [...peopleRoutes, ...roleRoutes, ...chatRoutes]),
    http.all(/^https:\/\/(api|tech)\.wazzup24\.com\//, ({ request }) => {
      const key = bearerOf(request);
      const chat = world.chats.find(({ keys }) => key !== undefined && keys.has(key));
      return getResponse([...routesFor(chat)], request);
    }),
  ];
}

function routesOf(world: World): RequestHandler[] {
  const keyed = keysOf(world);
  return [
    ...channelRoutes(world, keyed),
    ...userRoutes(world, keyed),
    ...contactRoutes(world, keyed),
    ...dealRoutes(world, keyed),
    ...messageRoutes(world, keyed),
    ...templateRoutes(world, keyed),
    ...webhookRoutes(world, keyed),
    ...wauthRoutes(world, keyed),
    ...settingsRoutes(world, keyed),
    ...unansweredRoutes(world, keyed),
    ...iframeRoutes(world, keyed),
  ];
}

/** The chat window's requests to its own server, under any origin. */
export const chatWindowHandlers = (world: World): RequestHandler[] => windowRoutes(world);
