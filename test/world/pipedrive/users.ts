/** The users of a company: the same people with the same ids as in an emulated amoCRM, so that stories are shared. */
import { ADMIN, employees, type Language } from '../people.ts';

/** The parts of Pipedrive that have administrators; an administrator of `global` is one of all parts. */
export type AccessApp = 'global' | 'sales' | 'account_settings';

export type UserRights = {
  /** The right to give away records of others. */
  changeOwner: boolean;
  editOthersPeople: boolean;
  editOthersDeals: boolean;
  addPeople: boolean;
  addDeals: boolean;
};

export type User = {
  readonly id: number;
  name: string;
  readonly email: string;
  readonly phone: string | null;
  /** The language that they chose for the CRM's pages. */
  language: Language | 'es';
  adminOf: readonly AccessApp[];
  isActive: boolean;
  isDeleted: boolean;
  roleId: number;
  rights: UserRights;
};

export type Role = {
  readonly id: number;
  readonly parentId: number | null;
  name: string;
};

/** Role 1 is the one that every company has. */
const roleIdOf = (groupId: number): number => (groupId === 0 ? 1 : groupId);

export const rolesOf = (groups: ReadonlyMap<number, string>): Role[] =>
  Array.from(groups, ([id, name]) => ({
    id: roleIdOf(id),
    parentId: id === 0 ? null : 1,
    name,
  }));

export const usersOf = (size: number, language: Language): User[] =>
  employees(size, language).map(({ id, name, email, isActive, groupId }) => ({
    id,
    name,
    email,
    phone: null,
    language,
    adminOf: id === ADMIN ? ['global'] : [],
    isActive,
    isDeleted: false,
    roleId: roleIdOf(groupId),
    rights: {
      changeOwner: true,
      editOthersPeople: true,
      editOthersDeals: true,
      addPeople: true,
      addDeals: true,
    },
  }));

export const isAdminOf = ({ adminOf }: User, app: AccessApp): boolean =>
  adminOf.includes('global') || adminOf.includes(app);
