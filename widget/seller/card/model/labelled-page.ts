import { employeeLabels } from '../../../../domain/namesakes.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { HostPage } from '../../../host/host.ts';

/** Looks up names that tell employees apart. The labels are computed once, when the first name is needed. */
export function employeeNames(page: Pick<HostPage, 'employees'>): (id: string) => string | undefined {
  let labels: ReadonlyMap<string, string> | null = null;
  return id => (labels ??= employeeLabels(page.employees())).get(id);
}

/** The page with employees' names replaced by those that tell namesakes apart. */
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
