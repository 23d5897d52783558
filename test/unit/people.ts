import type { Employee } from '../../domain/employee.ts';

/** Somebody who works here, with what a test says about them. */
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
