/** GET /v3/channels: a plain array, open to every key. */
import { http, type RequestHandler } from 'msw';
import type { World } from '../../world/world.ts';
import { ANY_KEY, type Keyed } from './key.ts';

export const channelRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.get(
    'https://api.wazzup24.com/v3/channels',
    keyed(ANY_KEY, () => Response.json(world.chat.channels)),
  ),
];
