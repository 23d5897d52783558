/**
 * An employee of an account, and what the CRM lets them do. It is read each time, because rights change and people
 * leave.
 */
import type { CrmDeal } from './deal.ts';

/** The owner of a record. `groupId`: null for the group that every account has, undefined if it is not known. */
export type Owner = { readonly id: string; readonly groupId: string | null | undefined };

export type CrmPerson = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly groupId: string | null;
  /** Whether the server may act as them. False for a person who has left, for instance. */
  readonly mayAct: boolean;
  /** Whether their rights depend on the owner's group. */
  readonly asksForGroups: boolean;
  readonly maySeeDeal: (deal: CrmDeal, owner: Owner) => boolean;
  /** The right to change the deal as it is now. The new owner does not matter. */
  readonly mayEditDeal: (deal: CrmDeal, owner: Owner) => boolean;
  /** Whether they may add notes and tasks to a contact. */
  readonly mayAddTo: (contactsOwner: Owner) => boolean;
  readonly mayComplete: (tasksOwner: Owner) => boolean;
};
