/** A group of employees in the CRM, such as a department. */
import type { Employee } from './employee.ts';
import { labelsOf } from './namesakes.ts';

export type Group = {
  readonly id: string;
  /** Empty when the CRM tells none. Two groups of one name are told apart by their ids. */
  readonly name: string;
};

/** The groups that these people are in, each once, as the reader's language sorts them. */
export function groupsOf(employees: readonly Employee[], locale: string): readonly Group[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const names = new Map(employees.map(({ groupId, group }) => [groupId, group]));
  const named = Array.from(names, ([id, name]) => ({ id, name, details: [] }));
  const labels = labelsOf(named.filter(({ name }) => name !== ''));
  return named
    .map(({ id }) => ({ id, name: labels.get(id) ?? '' }))
    .sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id));
}
