/**
 * What somebody may do is decided by Pipedrive itself: it is asked with what that employee gave us, shows what they may see and
 * refuses what they may not do. So nothing is worked out here from permission sets and visibility groups, which the API tells
 * in part only.
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
  // Only deals that they are shown come here at all (acting.ts).
  maySeeDeal: () => true,
  mayEditDeal: () => true,
  mayAddTo: () => true,
  mayComplete: () => true,
});
