/** Takes persons over in an employee's own name and with their own grant: one token to read, five to write. */
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
    // The employee's own grant works, so they have not left.
    if (employeeId === as) return true;
    return (await one({ path: `v1/users/${employeeId}`, as }, user))?.isActive === true;
  }
  return {
    async contact(employeeId, contactId) {
      const path = recordId(contactId);
      const found = path === null ? null : await one({ path: `v2/persons/${path}`, as: employeeId }, person);
      if (!found || found.isDeleted) return null;
      const { id, name, ownerId, phones } = found;
      // A list of deals costs more than the whole claim, so a page asks for it only when it needs it.
      return { id, name, ownerId, phones, dealIds: [] };
    },
    async setOwner(employeeId, contactId, ownerId, isTooLate = () => false) {
      const [path, owner] = [recordId(contactId), recordId(ownerId)];
      // It is not documented what the API answers for an owner who has left. Pipedrive's own pages do not offer them.
      if (path === null || owner === null || !(await works(owner, employeeId))) return 'failed';
      if (isTooLate()) throw new CrmUnanswered('It is too late to write', false);
      const body = { owner_id: Number(owner) };
      const question = { path: `v2/persons/${path}`, as: employeeId, method: 'PATCH', body } as const;
      const answer = await crm.ask(accountId, question, leaving);
      if (answer.kind === 'answered') return 'done';
      if (answer.kind !== 'refused') throw unanswered(answer);
      // For a record that the person may not see, the CRM answers 404. The caller has just read it, so it exists.
      return answer.lacksRights || answer.status === 404 ? 'refused' : 'failed';
    },
  };
}
