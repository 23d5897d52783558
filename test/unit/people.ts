import type { Employee } from '../../domain/employee.ts';

/** An employee with the given fields, and defaults for the others. */
export const employee = (about: Partial<Employee> & Pick<Employee, 'id'>): Employee => ({
  name: `Employee ${about.id}`,
  email: '',
  group: '',
  groupId: '0',
  active: true,
  admin: false,
  free: false,
  editsContacts: 'all',
  ...about,
});
