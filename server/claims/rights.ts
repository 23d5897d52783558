/** What the CRM lets one of its people do. Asked when something is done for them, since rights change and people leave. */
import type { CrmDeal } from '../crm/acting.ts';
import type { CrmPerson, Letter } from '../crm/person.ts';

/** Whose something is. `groupId`: null for the group that every account has, undefined where nobody knows. */
export type Owner = { readonly id: string; readonly groupId: string | null | undefined };

/** Somebody who works here; the CRM lets nobody act as a user of its free plan. */
export const mayAct = (person: CrmPerson | null): person is CrmPerson =>
  person !== null && person.active && !person.isFree;

/** Whether it has to be known which group an owner is in. */
export const asksForGroups = ({ contacts, deals, tasks, stages, isAdmin }: CrmPerson): boolean =>
  !isAdmin &&
  [contacts, deals, ...stages]
    .flatMap(({ view, edit }) => [view, edit])
    .concat(tasks.edit)
    .includes('G');

export const maySeeDeal = (person: CrmPerson, deal: CrmDeal, owner: Owner): boolean =>
  mayOverDeal(person, 'view', deal, owner);

/** To whom they give it is nobody's question: the right is over what it is now. */
export const mayEditDeal = (person: CrmPerson, deal: CrmDeal, owner: Owner): boolean =>
  maySeeDeal(person, deal, owner) && mayOverDeal(person, 'edit', deal, owner);

/** Notes and tasks are for whoever is shown the contact: the CRM has no letter of their own for adding them (inferred). */
export const mayAddTo = (person: CrmPerson, contactsOwner: Owner): boolean =>
  person.isAdmin || reaches(person.contacts.view, person, contactsOwner);

export const mayComplete = (person: CrmPerson, tasksOwner: Owner): boolean =>
  person.isAdmin || reaches(person.tasks.edit, person, tasksOwner);

/** Where a stage has rights of its own, both have to allow it: the narrower reading, since the CRM's rule is not written down. */
function mayOverDeal(
  person: CrmPerson,
  right: 'view' | 'edit',
  { pipelineId, stageId }: CrmDeal,
  owner: Owner,
): boolean {
  if (person.isAdmin) return true;
  const stages = person.stages.filter(one => one.pipelineId === pipelineId && one.stageId === stageId);
  return [person.deals, ...stages].every(one => reaches(one[right], person, owner));
}

function reaches(letter: Letter, person: CrmPerson, owner: Owner): boolean {
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
