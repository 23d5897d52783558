/** Who may look at and change what: everybody acts with their own rights, an admin with all of them. */

/** A: all, G: their group's, M: only where they are responsible, D: denied. */
export type Access = 'A' | 'G' | 'M' | 'D';
export type Rights = { view: Access; edit: Access };

/** Why the CRM did not do what it was asked to. */
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

/** Whether the actor may do that to a record of this responsible. A task's own letter is about changes alone. */
export type May = (
  actorId: number,
  right: keyof Rights,
  over: { readonly kind: 'contacts' | 'leads' | 'tasks'; readonly ownerId: number },
) => boolean;

/**
 * Without rights of their own to deals, people have the rights that they have to contacts; without one to tasks, any. An administrator who has left
 * may still do everything through the full grant that they once gave an integration.
 */
export const rightsAmong =
  (
    users: ReadonlyMap<number, Person>,
    {
      hasFullGrant,
      isUnbound,
    }: {
      readonly hasFullGrant: (userId: number) => boolean;
      /** Whether whoever acts has all rights for now. */
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
