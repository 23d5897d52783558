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
};

/** Whether the actor may do that to a record of this responsible. */
export type May = (
  actorId: number,
  right: keyof Rights,
  over: { readonly kind: 'contacts' | 'leads'; readonly ownerId: number },
) => boolean;

/**
 * Without rights of their own to deals, people have the rights that they have to contacts. An administrator who has left
 * may still do everything through the full grant that they once gave an integration.
 */
export const rightsAmong =
  (users: ReadonlyMap<number, Person>, hasFullGrant: (userId: number) => boolean): May =>
  (actorId, right, { kind, ownerId }) => {
    const actor = users.get(actorId);
    if (!actor?.isActive) return hasFullGrant(actorId);
    if (actor.isAdmin) return true;
    const letters = kind === 'leads' ? (actor.leads ?? actor.contacts) : actor.contacts;
    switch (letters[right]) {
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
