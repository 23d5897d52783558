/** Who stands in the dialog's list, and in which order as long as nobody asks for another. */
import { textOf, type Directory, type Entry } from '../../../../domain/directory.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { Draft } from './draft.ts';

export type Row = Entry & {
  /** Works here and could see a chat: neither deactivated nor without widgets nor a stand-in for nobody. */
  readonly isStaff: boolean;
  /**
   * - `newcomer`: works here, has no role anywhere, and was not here when roles were last saved
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
  /** Who was here when roles were last saved; `null`: nobody knows, so nobody is new. */
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

/** All that is left of somebody who is not in the CRM is their id. */
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
