/** What the letters of amoCRM's and Kommo's rights allow. */
import type { CrmDeal } from '../deal.ts';
import type { CrmPerson, Owner } from '../person.ts';
import type { CrmEmployee, Letter } from './person.ts';

export function withRights(one: CrmEmployee): CrmPerson {
  const maySeeDeal = (deal: CrmDeal, owner: Owner): boolean => mayOverDeal(one, 'view', deal, owner);
  return {
    id: one.id,
    name: one.name,
    active: one.active,
    groupId: one.groupId,
    mayAct: one.active && !one.isFree,
    asksForGroups: asksForGroups(one),
    maySeeDeal,
    mayEditDeal: (deal, owner) => maySeeDeal(deal, owner) && mayOverDeal(one, 'edit', deal, owner),
    // The CRM has no separate letter for adding notes and tasks: people who see the contact may add them (inferred).
    mayAddTo: owner => one.isAdmin || reaches(one.contacts.view, one, owner),
    mayComplete: owner => one.isAdmin || reaches(one.tasks.edit, one, owner),
  };
}

const asksForGroups = ({ contacts, deals, tasks, stages, isAdmin }: CrmEmployee): boolean =>
  !isAdmin &&
  [contacts, deals, ...stages]
    .flatMap(({ view, edit }) => [view, edit])
    .concat(tasks.edit)
    .includes('G');

/** Where a stage has separate rights, both have to allow it. The CRM's own rule is not documented, and this is the safer one. */
function mayOverDeal(
  person: CrmEmployee,
  right: 'view' | 'edit',
  { pipelineId, stageId }: CrmDeal,
  owner: Owner,
): boolean {
  if (person.isAdmin) return true;
  const stages = person.stages.filter(one => one.pipelineId === pipelineId && one.stageId === stageId);
  return [person.deals, ...stages].every(one => reaches(one[right], person, owner));
}

function reaches(letter: Letter, person: CrmEmployee, owner: Owner): boolean {
  switch (letter) {
    case 'A':
      return true;
    case 'G':
      return owner.id === person.id || owner.groupId === person.groupId;
    case 'M':
      return owner.id === person.id;
    case 'D':
      return false;
  }
}
