/** People who may answer on several channels and have no default channel for first messages. */
import { answeringChannels } from '../../../domain/answering.ts';
import type { Assignment } from '../../../domain/assignment.ts';
import type { Employee } from '../../../domain/employee.ts';
import { withoutDefaultChannel, type OwnRules } from '../../../domain/own-rules.ts';
import { namesWith } from '../../words/names.ts';
import type { Words } from '../../words/words.tsx';

/** Those who became such through a save of roles. */
export function newlyWithoutChannel(
  rules: OwnRules,
  employees: readonly Employee[],
  before: readonly Assignment[],
  after: readonly Assignment[],
): readonly Employee[] {
  const known = new Set(withoutDefaultChannel(rules, employees, before));
  return withoutDefaultChannel(rules, employees, after).filter(employee => !known.has(employee));
}

/** Names these people with the number of their channels. */
export function sayWithoutChannel(
  t: Words,
  employees: readonly Employee[],
  assignments: readonly Assignment[],
  names = namesWith({}, t),
): string {
  const channels = answeringChannels(assignments);
  const alike = new Map<number, Employee[]>();
  for (const employee of employees) {
    const count = channels.get(employee.id)?.length ?? 0;
    const people = alike.get(count);
    if (people) people.push(employee);
    else alike.set(count, [employee]);
  }
  return [...alike]
    .sort(([fewer], [more]) => fewer - more)
    .map(([count, people]) => t('defaultChannel.missing', { count, names: names.people(people) }))
    .join('; ');
}
