/**
 * Who may do what with a record. Its owner may always see it, edit it and give it away, and so may administrators of
 * the deals app. Others see it as far as `visibleTo` goes, edit it with one right, and give it away with another. Groups
 * above the owner's group see it at every level. Source: Pipedrive's help page on visibility groups.
 */
import { everybody, hasGroups, type Plan } from './plans.ts';
import { isAdminOf, type Role, type User } from './users.ts';

/** What persons and deals have in common. */
export type Owned = {
  readonly ownerId: number;
  readonly followers: readonly number[];
  readonly visibleTo: number;
};
export type ItemKind = 'person' | 'deal';

export type ItemRights = {
  readonly sees: (userId: number, item: Owned) => boolean;
  readonly mayEdit: (userId: number, kind: ItemKind, item: Owned) => boolean;
  readonly mayGiveAway: (userId: number, item: Owned) => boolean;
  /** Everybody who sees it, by id. */
  readonly permitted: (item: Owned) => readonly number[];
};

type Company = {
  readonly plan: Plan;
  readonly users: ReadonlyMap<number, User>;
  readonly roles: ReadonlyMap<number, Role>;
};

export function rightsIn(company: Company): ItemRights {
  const { users } = company;
  const isTheirs = (user: User, { ownerId }: Owned): boolean =>
    user.id === ownerId || isAdminOf(user, 'sales');
  const isUnder = (roleId: number, upperId: number): boolean => {
    const parent = company.roles.get(roleId)?.parentId ?? null;
    return parent !== null && (parent === upperId || isUnder(parent, upperId));
  };
  /** 3 is the owner's group and 5 also those below it: of a company whose plan has no groups, 3 is everybody. */
  const isShown = (user: User, { ownerId, visibleTo }: Owned): boolean => {
    if (visibleTo === everybody(company.plan)) return true;
    const owner = users.get(ownerId);
    if (!hasGroups(company.plan) || !owner) return false;
    if (isUnder(owner.roleId, user.roleId)) return true;
    if (visibleTo < 3) return false;
    return user.roleId === owner.roleId || (visibleTo === 5 && isUnder(user.roleId, owner.roleId));
  };
  const rights: ItemRights = {
    sees(userId, item) {
      const user = users.get(userId);
      if (!user?.isActive) return false;
      return isTheirs(user, item) || item.followers.includes(userId) || isShown(user, item);
    },
    mayEdit(userId, kind, item) {
      const user = users.get(userId);
      if (!user) return false;
      const right = kind === 'person' ? user.rights.editOthersPeople : user.rights.editOthersDeals;
      return isTheirs(user, item) || right;
    },
    mayGiveAway(userId, item) {
      const user = users.get(userId);
      return user !== undefined && (isTheirs(user, item) || user.rights.changeOwner);
    },
    permitted: item => [...users.keys()].filter(id => rights.sees(id, item)),
  };
  return rights;
}
