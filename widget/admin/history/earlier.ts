import { sameAssignment, seatKey, type Assignment } from '../../../domain/assignment.ts';
import { choiceFrom, type Change } from '../roles/rules/draft.ts';

/** Roles of an earlier time, compared with the current list. */
export type Earlier = {
  readonly changes: readonly Change[];
  /** Roles of people, or on channels, that no longer exist. They cannot be restored. */
  readonly lost: readonly Assignment[];
};

/** The changes that restore exactly those roles. */
export function earlierRoles(
  roles: readonly Assignment[],
  now: {
    readonly assignments: readonly Assignment[];
    readonly channelIds: ReadonlySet<string>;
    readonly employeeIds: ReadonlySet<string>;
  },
): Earlier {
  const held = new Map(now.assignments.map(one => [seatKey(one), one]));
  const wanted = new Map(roles.map(one => [seatKey(one), one]));
  const isThere = (one: Assignment): boolean =>
    held.has(seatKey(one)) || (now.employeeIds.has(one.employeeId) && now.channelIds.has(one.channelId));
  const changes = [...new Map([...held, ...wanted])].flatMap(([key, { channelId, employeeId }]) => {
    const [before, after] = [held.get(key), wanted.get(key)];
    if (sameAssignment(before, after) || (after && !isThere(after))) return [];
    return [{ seat: { channelId, employeeId }, before: choiceFrom(before), after: choiceFrom(after) }];
  });
  return { changes, lost: roles.filter(one => !isThere(one)) };
}
