/** Channels on which a save would take away the last person who may answer. */
import type { Assignment } from '../../../../domain/assignment.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Employee } from '../../../../domain/employee.ts';
import { mayAnswer } from '../../../../domain/role.ts';

export function silencedBy(
  before: readonly Assignment[],
  after: readonly Assignment[],
  channels: readonly Channel[],
  employees: readonly Employee[],
): readonly Channel[] {
  const working = new Set(employees.filter(one => one.active).map(one => one.id));
  const answered = (assignments: readonly Assignment[]): ReadonlySet<string> =>
    new Set(
      assignments.filter(one => mayAnswer(one.role) && working.has(one.employeeId)).map(one => one.channelId),
    );
  const [now, then] = [answered(before), answered(after)];
  return channels.filter(({ id }) => now.has(id) && !then.has(id));
}
