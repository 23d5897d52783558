/** Who owns a client, from the point of view of one employee. */
import type { Employee } from './employee.ts';

export type Ownership<Person = Employee> =
  | { readonly kind: 'mine' }
  | { readonly kind: 'colleagues'; readonly owner: Person }
  /** The client has no working owner, so anyone who may answer can take the client over. */
  | { readonly kind: 'free'; readonly because: 'stand-in' | 'deactivated' | 'deleted' | 'absent' };

export type SeenBy<Person = Employee> = {
  readonly me: string;
  readonly standInOwners: readonly string[];
  /** Finds an employee that the CRM still lists, active or deactivated. */
  readonly employee: (id: string) => Person | undefined;
};

/**
 * A CRM that requires an owner assigns new clients to a stand-in owner, an employee who means "no owner yet". The
 * clients of a deactivated or deleted owner are free as well.
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
