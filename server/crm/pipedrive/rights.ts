/**
 * Pipedrive itself decides what an employee may do. It is asked with their own grant, shows what they may see, and refuses
 * what they may not do. So nothing is computed here from permission sets and visibility groups, which the API shows only
 * partly.
 */
import type { CrmUser } from '../lists.ts';
import type { CrmPerson } from '../person.ts';

export const withRights = ({ id, name, isActive }: CrmUser): CrmPerson => ({
  id,
  name,
  active: isActive,
  groupId: null,
  mayAct: isActive,
  asksForGroups: false,
  // Only deals that they can see are passed in (acting.ts).
  maySeeDeal: () => true,
  mayEditDeal: () => true,
  mayAddTo: () => true,
  mayComplete: () => true,
});
