/** Who may look at and change what: everybody acts with his own rights, an admin with all of them. */

/** A: all, G: his group's, M: only where he is responsible, D: denied. */
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

/** Somebody who was given no rights of his own to deals has those that he has to contacts. */
export const rightsAmong =
  (users: ReadonlyMap<number, Person>): May =>
  (actorId, right, { kind, ownerId }) => {
    const actor = users.get(actorId);
    if (!actor?.isActive) return false;
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
