/** A group of employees in the CRM, such as a department. */
import type { Employee } from './employee.ts';
import { labelsOf } from './namesakes.ts';

export type Group = {
  readonly id: string;
  /** Empty if the CRM gives none. Groups with the same name are distinguished by id. */
  readonly name: string;
};

/** The groups of these people, each once, sorted in the order of the reader's language. */
export function groupsOf(employees: readonly Employee[], locale: string): readonly Group[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const names = new Map(employees.map(({ groupId, group }) => [groupId, group]));
  const named = Array.from(names, ([id, name]) => ({ id, name, details: [] }));
  const labels = labelsOf(named.filter(({ name }) => name !== ''));
  return named
    .map(({ id }) => ({ id, name: labels.get(id) ?? '' }))
    .sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id));
}
