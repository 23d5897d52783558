/** A group of employees in the CRM, such as a department. */
import type { Employee } from './employee.ts';

export type Group = {
  readonly id: string;
  /** Empty when the CRM tells none. */
  readonly name: string;
};

/** The groups that these people are in, each once, as the reader's language sorts them. */
export function groupsOf(employees: readonly Employee[], locale: string): readonly Group[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const names = new Map(employees.map(({ groupId, group }) => [groupId, group]));
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id));
}
