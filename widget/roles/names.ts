import type { Employee } from '../domain/employee.ts';
import type { Words } from '../words.tsx';

const AT_MOST = 5;

/** A few names, and how many more. */
export function namesOf(employees: readonly Employee[], t: Words): string {
  const names = employees
    .slice(0, AT_MOST)
    .map(employee => employee.name)
    .join(', ');
  const count = employees.length - AT_MOST;
  return count > 0 ? t('roles.andMore', { names, count }) : names;
}
