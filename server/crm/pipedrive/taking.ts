/** Persons taken over in an employee's own name, with what they gave us: one token to read, five to write. */
import type { CrmApi } from '../api.ts';
import type { CrmTaking } from '../taking.ts';
import { CrmUnanswered, unanswered } from '../unanswered.ts';
import { person } from './clients.ts';
import { recordId } from './ids.ts';
import { user } from './person.ts';
import { readingOf } from './reading.ts';

export function takingOf(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmTaking {
  const { one } = readingOf(crm, accountId, leaving);
  async function works(employeeId: string, as: string): Promise<boolean> {
    // Whose grant is taken works here.
    if (employeeId === as) return true;
    return (await one({ path: `v1/users/${employeeId}`, as }, user))?.isActive === true;
  }
  return {
    async contact(employeeId, contactId) {
      const path = recordId(contactId);
      const found = path === null ? null : await one({ path: `v2/persons/${path}`, as: employeeId }, person);
      if (!found || found.isDeleted) return null;
      const { id, name, ownerId, phones } = found;
      // Whoever needs the deals asks for them: a list costs more than the whole claim.
      return { id, name, ownerId, phones, dealIds: [] };
    },
    async setOwner(employeeId, contactId, ownerId, isTooLate = () => false) {
      const [path, owner] = [recordId(contactId), recordId(ownerId)];
      // What the API says to an owner who has left is documented nowhere; Pipedrive's own pages do not offer them.
      if (path === null || owner === null || !(await works(owner, employeeId))) return 'failed';
      if (isTooLate()) throw new CrmUnanswered('It is too late to write', false);
      const body = { owner_id: Number(owner) };
      const question = { path: `v2/persons/${path}`, as: employeeId, method: 'PATCH', body } as const;
      const answer = await crm.ask(accountId, question, leaving);
      if (answer.kind === 'answered') return 'done';
      if (answer.kind !== 'refused') throw unanswered(answer);
      // What they are not shown looks missing to them; whoever writes has just seen that it is there.
      return answer.lacksRights || answer.status === 404 ? 'refused' : 'failed';
    },
  };
}
