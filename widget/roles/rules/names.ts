import type { Employee } from '../../domain/employee.ts';
import type { Words } from '../../words.tsx';
import type { Row } from './rows.ts';

const AT_MOST = 5;

/** A few names, and how many more. */
export function namesOf(employees: readonly Pick<Employee, 'name'>[], t: Words): string {
  const names = employees
    .slice(0, AT_MOST)
    .map(employee => employee.name)
    .join(', ');
  const count = employees.length - AT_MOST;
  return count > 0 ? t('roles.andMore', { names, count }) : names;
}

/** Somebody who is not in the CRM is told by his id. */
export const nameOf = (employeeId: string, row: Row | undefined, t: Words): string =>
  row && row.kind !== 'stranger' ? row.employee.name : t('roles.stranger', { id: employeeId });
