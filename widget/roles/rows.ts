/** Who stands in the dialog's list, and in which order. */
import { matches, type Employee } from '../domain/employee.ts';
import type { Draft } from './draft.ts';

export type Row = {
  readonly employee: Employee;
  /**
   * - `newcomer`: works here and has no role anywhere, although others have
   * - `stranger`: has a role in the chat service and is not in the CRM: kept until somebody removes it by hand
   */
  readonly kind: 'known' | 'newcomer' | 'stranger';
};

/**
 * Newcomers first, strangers last, everybody else in the order of `employees`. Decided by the roles that were saved,
 * so that no row moves while somebody edits.
 */
export function rowsOf(
  employees: readonly Employee[],
  { base }: Pick<Draft, 'base'>,
  standInOwners: readonly string[],
): readonly Row[] {
  const withRole = new Set([...base.values()].map(one => one.employeeId));
  const inCrm = new Set(employees.map(one => one.id));
  const isNew = (one: Employee): boolean =>
    withRole.size > 0 && one.active && !one.free && !withRole.has(one.id) && !standInOwners.includes(one.id);
  return [
    ...employees.filter(isNew).map(employee => ({ employee, kind: 'newcomer' as const })),
    ...employees.filter(one => !isNew(one)).map(employee => ({ employee, kind: 'known' as const })),
    ...[...withRole]
      .filter(id => !inCrm.has(id))
      .map(id => ({ employee: stranger(id), kind: 'stranger' as const })),
  ];
}

export const foundAmong = (rows: readonly Row[], typed: string): readonly Row[] =>
  typed === '' ? rows : rows.filter(({ employee }) => matches(employee, typed));

/** All that is left of somebody who is not in the CRM is his id. */
const stranger = (id: string): Employee => ({
  id,
  name: id,
  email: '',
  group: '',
  groupId: '',
  active: false,
  admin: false,
  free: false,
  editsContacts: 'unknown',
});
