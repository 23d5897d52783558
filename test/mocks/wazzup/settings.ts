/**
 * Roles, on a host of their own. A write replaces the whole list: rows that it leaves out are gone. Shapes
 * and replacement come from two published clients, the maker documents only that the route exists.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { nothing } from './entities.ts';
import { chatError } from './error.ts';
import { OWN_KEY, ROLE_WRITING_KEY, type Keyed } from './key.ts';

const SETTINGS = 'https://tech.wazzup24.com/settings';

const change = v.object({
  pushInputOutputMessageEventsForManagers: v.optional(v.boolean()),
  userRoles: v.optional(
    v.array(
      v.object({
        channelId: v.string(),
        userId: v.string(),
        role: v.picklist(['seller', 'manager', 'auditor']),
        allowGetNewClients: v.boolean(),
      }),
    ),
  ),
});

export const settingsRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.get(
    SETTINGS,
    keyed(OWN_KEY, () => Response.json(world.chat.settings)),
  ),
  http.patch(
    SETTINGS,
    keyed(ROLE_WRITING_KEY, async ({ request }) => {
      const { success, output } = v.safeParse(change, await request.json().catch(() => undefined));
      if (!success) return chatError(400, 'INVALID_SETTINGS_DATA');
      const { settings } = world.chat;
      world.chat.settings = {
        pushInputOutputMessageEventsForManagers:
          output.pushInputOutputMessageEventsForManagers ?? settings.pushInputOutputMessageEventsForManagers,
        userRoles: output.userRoles ?? settings.userRoles,
      };
      world.changed();
      return nothing();
    }),
  ),
];
