/** On which channels people may answer clients. */
import type { Assignment } from './assignment.ts';
import type { Employee } from './employee.ts';
import { mayAnswer } from './role.ts';

/** By employee. Somebody who may answer nowhere is left out. */
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

/** Working people who may answer on two channels or more. */
export const onSeveralChannels = (
  employees: readonly Employee[],
  channels: AnsweringChannels,
): readonly Employee[] => employees.filter(({ id, active }) => active && (channels.get(id)?.length ?? 0) > 1);
