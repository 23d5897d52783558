/** A user of the CRM. */
export type Employee = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The name of his group; empty when the CRM tells none. */
  readonly group: string;
  readonly groupId: string;
  /** A deactivated employee cannot log in, but his clients and roles may remain. */
  readonly active: boolean;
  /** An admin of the CRM: may change these settings. */
  readonly admin: boolean;
  /** A user of the CRM's free plan: the CRM shows him no widgets. */
  readonly free: boolean;
  /** Whose contacts the CRM lets him change. Only admins are told; `unknown` counts as no reason to warn. */
  readonly editsContacts: 'all' | 'group' | 'own' | 'none' | 'unknown';
};

/** Active people first, then by name as the reader's language sorts. */
export function inOrder(employees: readonly Employee[], locale: string): readonly Employee[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  return [...employees].sort(
    (one, other) => Number(other.active) - Number(one.active) || compare(one.name, other.name),
  );
}

/** Russian readers type е for ё, and nobody cares about case. */
const folded = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').trim();

/** Whether what was typed into a search field occurs in the name, the e-mail address or the group. */
export function matches(employee: Employee, typed: string): boolean {
  const sought = folded(typed);
  return [employee.name, employee.email, employee.group].some(text => folded(text).includes(sought));
}
