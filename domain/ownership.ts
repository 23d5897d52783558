/** Whose client a contact is, seen by one employee. */
import type { Employee } from './employee.ts';

export type Ownership<Person = Employee> =
  | { readonly kind: 'mine' }
  | { readonly kind: 'colleagues'; readonly owner: Person }
  /** Nobody works with this client: anybody who may answer can take the client over. */
  | { readonly kind: 'free'; readonly because: 'stand-in' | 'deactivated' | 'deleted' | 'absent' };

export type SeenBy<Person = Employee> = {
  readonly me: string;
  readonly standInOwners: readonly string[];
  /** Those whom the CRM still knows, left or not. */
  readonly employee: (id: string) => Person | undefined;
};

/**
 * A CRM that always wants some responsible gives new clients to a stand-in owner, an employee who means
 * "nobody yet". A responsible who was deactivated or deleted leaves their clients free as well.
 */
export function ownershipOf<Person extends Pick<Employee, 'active'>>(
  ownerId: string | null,
  seenBy: SeenBy<Person>,
): Ownership<Person> {
  if (ownerId === null) return { kind: 'free', because: 'absent' };
  if (seenBy.standInOwners.includes(ownerId)) return { kind: 'free', because: 'stand-in' };
  if (ownerId === seenBy.me) return { kind: 'mine' };
  const owner = seenBy.employee(ownerId);
  if (!owner) return { kind: 'free', because: 'deleted' };
  return owner.active ? { kind: 'colleagues', owner } : { kind: 'free', because: 'deactivated' };
}
