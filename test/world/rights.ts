/** Who may see and change what: everyone acts with their own rights, an admin with all rights. */

/** A: all, G: their group's, M: only their own, D: denied. */
export type Access = 'A' | 'G' | 'M' | 'D';
export type Rights = { view: Access; edit: Access };

/** Why the CRM refused. */
export type Refusal = 'not-found' | 'no-rights' | 'no-such-user';

type Person = {
  readonly id: number;
  readonly isAdmin: boolean;
  readonly isActive: boolean;
  readonly groupId: number;
  readonly contacts: Rights;
  readonly leads?: Rights;
  readonly tasks?: Access;
};

/** Whether the actor may do that to a record of this owner. The letter for tasks covers only changes. */
export type May = (
  actorId: number,
  right: keyof Rights,
  over: { readonly kind: 'contacts' | 'leads' | 'tasks'; readonly ownerId: number },
) => boolean;

/**
 * Without separate rights to deals, people have the same rights as to contacts; without a right to tasks, they may
 * change any. An administrator who has left may still do everything through the full grant that they gave an
 * integration.
 */
export const rightsAmong =
  (
    users: ReadonlyMap<number, Person>,
    {
      hasFullGrant,
      isUnbound,
    }: {
      readonly hasFullGrant: (userId: number) => boolean;
      /** Whether rights are currently not checked. */
      readonly isUnbound: () => boolean;
    },
  ): May =>
  (actorId, right, { kind, ownerId }) => {
    if (isUnbound()) return true;
    const actor = users.get(actorId);
    if (!actor?.isActive) return hasFullGrant(actorId);
    if (actor.isAdmin) return true;
    switch (letterOf(actor, right, kind)) {
      case 'A':
        return true;
      case 'G':
        return ownerId === actor.id || users.get(ownerId)?.groupId === actor.groupId;
      case 'M':
        return ownerId === actor.id;
      case 'D':
        return false;
    }
  };

function letterOf(actor: Person, right: keyof Rights, kind: Parameters<May>[2]['kind']): Access {
  if (kind === 'tasks') return actor.tasks ?? 'A';
  return (kind === 'leads' ? (actor.leads ?? actor.contacts) : actor.contacts)[right];
}
