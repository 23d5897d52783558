/**
 * Roles, on a separate host. A write replaces the whole list: rows that it leaves out are deleted. The formats and the
 * replacement come from two published clients; the vendor documents only that the route exists. Rows and fields that no
 * client knows are accepted only if they equal the service's own.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { nothing } from './entities.ts';
import { chatError } from './error.ts';
import { OWN_KEY, ROLE_WRITING_KEY, type Keyed } from './key.ts';

const SETTINGS = 'https://tech.wazzup24.com/settings';

const userRole = v.strictObject({
  channelId: v.string(),
  userId: v.string(),
  role: v.picklist(['seller', 'manager', 'auditor']),
  allowGetNewClients: v.boolean(),
});
const known = v.object({
  pushInputOutputMessageEventsForManagers: v.optional(v.boolean()),
  userRoles: v.optional(v.array(v.unknown())),
});

/** The requested change, or `null` if the service refuses it. */
function changeOf(world: World, given: unknown): object | null {
  const { success, output } = v.safeParse(v.record(v.string(), v.unknown()), given);
  if (!success) return null;
  const held = world.chat.settings;
  const isHeld = (field: string): boolean => same(Reflect.get(held, field), output[field]);
  // A test may have put any value there.
  const heldRows: unknown = Reflect.get(held, 'userRoles');
  const isHeldRow = (row: unknown): boolean =>
    Array.isArray(heldRows) && heldRows.some(one => same(one, row));
  const rows = output['userRoles'] ?? [];
  const isTaken =
    Object.keys(output).every(field => field in known.entries || isHeld(field)) &&
    (isHeld('userRoles') ||
      (Array.isArray(rows) && rows.every(row => isHeldRow(row) || v.is(userRole, row)))) &&
    (isHeld('pushInputOutputMessageEventsForManagers') || v.is(known, output));
  return isTaken ? output : null;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const settingsRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.get(
    SETTINGS,
    keyed(OWN_KEY, () => Response.json(world.chat.settings)),
  ),
  http.patch(
    SETTINGS,
    keyed(ROLE_WRITING_KEY, async ({ request }) => {
      const change = changeOf(world, await bodyOf(request));
      if (!change) return chatError(400, 'INVALID_SETTINGS_DATA');
      world.chat.settings = { ...world.chat.settings, ...change };
      world.changed();
      return nothing();
    }),
  ),
];
