/** One of an account's people, and what the CRM lets them do. It is asked anew each time: rights change, and people leave. */
import type { CrmDeal } from './deal.ts';

/** Whose something is. `groupId`: null for the group that every account has, undefined where nobody knows. */
export type Owner = { readonly id: string; readonly groupId: string | null | undefined };

export type CrmPerson = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly groupId: string | null;
  /** Whether anything is done as them: not as somebody who has left, for instance. */
  readonly mayAct: boolean;
  /** Whether it has to be known which group an owner is in. */
  readonly asksForGroups: boolean;
  readonly maySeeDeal: (deal: CrmDeal, owner: Owner) => boolean;
  /** To whom they give it is nobody's question: the right is over what it is now. */
  readonly mayEditDeal: (deal: CrmDeal, owner: Owner) => boolean;
  /** Notes and tasks of a contact. */
  readonly mayAddTo: (contactsOwner: Owner) => boolean;
  readonly mayComplete: (tasksOwner: Owner) => boolean;
};
