/** Whose client a contact is, seen by one employee. */
import type { Employee } from './employee.ts';

export type Ownership =
  | { readonly kind: 'mine' }
  | { readonly kind: 'colleagues'; readonly owner: Employee }
  /** Nobody works with this client: anybody who may answer can take the client over. */
  | { readonly kind: 'free'; readonly because: 'stand-in' | 'deactivated' | 'deleted' | 'absent' };

/**
 * A CRM that always wants some responsible gives new clients to a stand-in owner, an employee who means
 * "nobody yet". A responsible who was deactivated or deleted leaves their clients free as well.
 */
export function ownershipOf(
  ownerId: string | null,
  seenBy: {
    readonly me: string;
    readonly standInOwners: readonly string[];
    readonly employee: (id: string) => Employee | undefined;
  },
): Ownership {
  if (ownerId === null) return { kind: 'free', because: 'absent' };
  if (seenBy.standInOwners.includes(ownerId)) return { kind: 'free', because: 'stand-in' };
  if (ownerId === seenBy.me) return { kind: 'mine' };
  const owner = seenBy.employee(ownerId);
  if (!owner) return { kind: 'free', because: 'deleted' };
  return owner.active ? { kind: 'colleagues', owner } : { kind: 'free', because: 'deactivated' };
}
