/** The channels on which each employee may answer clients. */
import type { Assignment } from './assignment.ts';
import type { Employee } from './employee.ts';
import { mayAnswer } from './role.ts';

/** Channel ids by employee id. Employees who may answer nowhere are left out. */
export type AnsweringChannels = ReadonlyMap<string, readonly string[]>;

export function answeringChannels(assignments: readonly Assignment[]): AnsweringChannels {
  const channels = new Map<string, string[]>();
  for (const { employeeId, channelId, role } of assignments) {
    if (!mayAnswer(role)) continue;
    const seats = channels.get(employeeId);
    if (seats) seats.push(channelId);
    else channels.set(employeeId, [channelId]);
  }
  return channels;
}

/** Active employees who may answer on two or more channels. */
export const onSeveralChannels = (
  employees: readonly Employee[],
  channels: AnsweringChannels,
): readonly Employee[] => employees.filter(({ id, active }) => active && (channels.get(id)?.length ?? 0) > 1);
