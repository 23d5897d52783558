/** The people that one follow-up involves. Each is read from the CRM once. */
import type { CrmActing } from '../crm/acting.ts';
import type { CrmPerson, Owner } from '../crm/person.ts';

export type People = {
  readonly person: (id: string) => Promise<CrmPerson | null>;
  /** The owner with their group, which is read only when the person's rights depend on groups. */
  readonly owner: (id: string, rightsOf: CrmPerson) => Promise<Owner>;
};

export function peopleOf(crm: CrmActing): People {
  const known = new Map<string, Promise<CrmPerson | null>>();
  const person = (id: string): Promise<CrmPerson | null> => {
    const asked = known.get(id) ?? crm.person(id);
    known.set(id, asked);
    return asked;
  };
  return {
    person,
    async owner(id, rightsOf) {
      const isNeeded = id !== rightsOf.id && rightsOf.asksForGroups;
      return { id, groupId: isNeeded ? (await person(id))?.groupId : undefined };
    },
  };
}
