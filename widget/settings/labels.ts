import type { Employee } from '../domain/employee.ts';

/** Names by id. Two people of one name are told apart by their e-mail addresses, so that the right one is chosen. */
export function labelsOf(employees: readonly Employee[]): ReadonlyMap<string, string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { name } of employees) (seen.has(name) ? shared : seen).add(name);
  return new Map(
    employees.map(({ id, name, email }) => [id, shared.has(name) && email ? `${name} (${email})` : name]),
  );
}
