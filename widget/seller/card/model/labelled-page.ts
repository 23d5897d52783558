import { employeeLabels } from '../../../../domain/namesakes.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { HostPage } from '../../../host/host.ts';

/** What an employee is called among all others. Everybody is gone through once, when the first name is shown. */
export function employeeNames(page: Pick<HostPage, 'employees'>): (id: string) => string | undefined {
  let labels: ReadonlyMap<string, string> | null = null;
  return id => (labels ??= employeeLabels(page.employees())).get(id);
}

/** The page on which nobody is taken for a namesake: people have the names by which they can be told apart. */
export function labelledPage<Page extends Pick<HostPage, 'employee'> & Partial<Pick<HostPage, 'employees'>>>(
  page: Page,
  nameOf: (id: string) => string | undefined,
): Page {
  const labelled = (one: Employee): Employee => ({
    ...one,
    get name() {
      return nameOf(one.id) ?? one.name;
    },
  });
  return Object.assign(Object.create(page), {
    employee(id: string) {
      const found = page.employee(id);
      return found && labelled(found);
    },
    employees: () => (page.employees?.() ?? []).map(labelled),
  });
}
