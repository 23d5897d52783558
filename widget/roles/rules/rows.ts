/** Who stands in the dialog's list, and in which order as long as nobody asks for another. */
import { textOf, type Directory, type Entry } from '../../domain/directory.ts';
import type { Employee } from '../../domain/employee.ts';
import type { Draft } from './draft.ts';

export type Row = Entry & {
  /**
   * - `newcomer`: works here and has no role anywhere, although others have
   * - `stranger`: has a role in the chat service and is not in the CRM: kept until somebody removes it by hand
   */
  readonly kind: 'known' | 'newcomer' | 'stranger';
};

/**
 * Newcomers first, then everybody who works here, those who left, and strangers last; each part by name. Decided by
 * the roles that were saved, so that no row moves while somebody edits.
 */
export function rowsOf(
  directory: Directory,
  { base }: Pick<Draft, 'base'>,
  standInOwners: readonly string[],
): readonly Row[] {
  const strangers = new Set(Array.from(base.values(), one => one.employeeId));
  const areRolesGiven = strangers.size > 0;
  const newcomers: Row[] = [];
  const working: Row[] = [];
  const left: Row[] = [];
  for (const entry of directory) {
    const { id, active, free } = entry.employee;
    const hasRole = strangers.delete(id);
    const isNew = areRolesGiven && active && !free && !hasRole && !standInOwners.includes(id);
    const row: Row = {
      employee: entry.employee,
      text: entry.text,
      nameRank: entry.nameRank,
      groupRank: entry.groupRank,
      kind: isNew ? 'newcomer' : 'known',
    };
    if (isNew) newcomers.push(row);
    else if (active) working.push(row);
    else left.push(row);
  }
  return [
    ...newcomers,
    ...working,
    ...left,
    ...Array.from(strangers, (id, at) => stranger(id, directory.length + at)),
  ];
}

/** All that is left of somebody who is not in the CRM is his id. */
function stranger(id: string, nameRank: number): Row {
  const employee: Employee = {
    id,
    name: id,
    email: '',
    group: '',
    groupId: '',
    active: false,
    admin: false,
    free: false,
    editsContacts: 'unknown',
  };
  return { employee, kind: 'stranger', text: textOf(employee), nameRank, groupRank: Infinity };
}
