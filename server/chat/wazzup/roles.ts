/**
 * Reads roles of the chat service into ours. Trap: the service's `manager` is our supervisor. Roles that this version does not
 * know are left out, because a page could not name them.
 */
import * as v from 'valibot';
import { seatKey, type Assignment } from '../../../domain/assignment.ts';
import type { Role } from '../../../domain/role.ts';

const ROLE_OF = { seller: 'seller', manager: 'supervisor', auditor: 'auditor' } as const satisfies Record<
  string,
  Role
>;

const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const row = v.object({
  channelId: id,
  userId: id,
  role: v.picklist(['seller', 'manager', 'auditor']),
  allowGetNewClients: v.optional(v.unknown()),
});
const settings = v.object({
  userRoles: v.optional(v.array(v.unknown()), []),
  pushInputOutputMessageEventsForManagers: v.optional(v.unknown()),
});

export type RolesThere = {
  /** Assignments by seat key. */
  readonly seats: ReadonlyMap<string, Assignment>;
  readonly notifySupervisors: boolean;
};

export function rolesIn(value: unknown): RolesThere {
  const { success, output } = v.safeParse(settings, value);
  if (!success) return { seats: new Map(), notifySupervisors: false };
  const seats = output.userRoles.flatMap(one => {
    const read = v.safeParse(row, one);
    if (!read.success) return [];
    const { channelId, userId: employeeId, role, allowGetNewClients } = read.output;
    return [{ channelId, employeeId, role: ROLE_OF[role], receivesNewClients: allowGetNewClients === true }];
  });
  return {
    seats: new Map(seats.map(seat => [seatKey(seat), seat])),
    notifySupervisors: output.pushInputOutputMessageEventsForManagers === true,
  };
}
