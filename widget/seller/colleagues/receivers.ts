/** The colleagues who can take over a client. */
import type { Assignment } from '../../../domain/assignment.ts';
import type { Employee } from '../../../domain/employee.ts';
import { mayAnswer } from '../../../domain/role.ts';

/** Active colleagues who may answer on one of the client's channels, or on any channel while those are not known. */
export function receivers(given: {
  readonly employees: readonly Employee[];
  readonly me: string;
  readonly standInOwners: readonly string[];
  readonly assignments: readonly Assignment[];
  readonly clientChannelIds: readonly string[];
}): readonly Employee[] {
  const { me, standInOwners, clientChannelIds } = given;
  const answering = new Set(
    given.assignments
      .filter(({ role }) => mayAnswer(role))
      .filter(({ channelId }) => clientChannelIds.length === 0 || clientChannelIds.includes(channelId))
      .map(({ employeeId }) => employeeId),
  );
  return given.employees.filter(
    ({ id, active }) => active && id !== me && !standInOwners.includes(id) && answering.has(id),
  );
}
