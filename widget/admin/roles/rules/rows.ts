/** The rows of the dialog's list in their default order. */
import { textOf, type Directory, type Entry } from '../../../../domain/directory.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { Draft } from './draft.ts';

export type Row = Entry & {
  /** An active employee who could see a chat: not deactivated, not without widgets, and not a stand-in owner. */
  readonly isStaff: boolean;
  /**
   * - `newcomer`: an active employee without any role who did not exist when roles were last saved
   * - `stranger`: has a role in the chat service but is not in the CRM; kept until an admin removes it
   */
  readonly kind: 'known' | 'newcomer' | 'stranger';
};

/**
 * Newcomers first, then active employees, those who left, and strangers last; each part by name. Depends only on saved
 * roles, so that no row moves during edits.
 */
export function rowsOf(
  directory: Directory,
  { base }: Pick<Draft, 'base'>,
  standInOwners: readonly string[],
  /** Who existed when roles were last saved; `null` if unknown, and then no one is new. */
  before: ReadonlySet<string> | null,
): readonly Row[] {
  const strangers = new Set(Array.from(base.values(), one => one.employeeId));
  const newcomers: Row[] = [];
  const working: Row[] = [];
  const left: Row[] = [];
  for (const entry of directory) {
    const { id, active, free } = entry.employee;
    const hasRole = strangers.delete(id);
    const isStaff = active && !free && !standInOwners.includes(id);
    const isNew = isStaff && !hasRole && before?.has(id) === false;
    const row: Row = { ...entry, isStaff, kind: isNew ? 'newcomer' : 'known' };
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

/** For a person who is not in the CRM, only the id is known. */
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
  return {
    employee,
    isStaff: false,
    kind: 'stranger',
    text: textOf(employee),
    nameRank,
    groupRank: Infinity,
  };
}
