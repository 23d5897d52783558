/** Acts with each employee's own grant, so Pipedrive itself enforces their rights and names them in its log. */
import type { CrmActing } from '../acting.ts';
import type { CrmApi } from '../api.ts';
import type { CrmDeal } from '../deal.ts';
import type { Written } from '../feed.ts';
import { unanswered } from '../unanswered.ts';
import { deal, dealIdsOf, person } from './clients.ts';
import { feedOf, type Writing } from './feed.ts';
import { recordId } from './ids.ts';
import { user } from './person.ts';
import { readingOf } from './reading.ts';
import { withRights } from './rights.ts';

export function actingOf(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmActing {
  const reading = readingOf(crm, accountId, leaving);
  const write: Writing = async question => {
    const answer = await crm.ask(accountId, question, leaving);
    if (answer.kind === 'answered') return { written: 'done', json: answer.json };
    if (answer.kind !== 'refused') throw unanswered(answer);
    // For a record that the person may not see, the CRM answers 404. The caller has just read it, so it exists.
    return { written: answer.lacksRights || answer.status === 404 ? 'refused' : 'failed', json: null };
  };
  async function employee(employeeId: string) {
    const path = recordId(employeeId);
    return path === null ? null : reading.one(`v1/users/${path}`, user);
  }

  return {
    ...feedOf(reading, write),
    batch: 1,
    async person(employeeId) {
      const found = await employee(employeeId);
      return found && withRights(found);
    },
    async contact(contactId) {
      const path = recordId(contactId);
      const found = path === null ? null : await reading.one(`v2/persons/${path}`, person);
      if (path === null || !found || found.isDeleted) return null;
      return { ownerId: found.ownerId, dealIds: await dealIdsOf(reading, path) };
    },
    async deals(personId, ids) {
      const found: CrmDeal[] = [];
      // A single deal costs one token, a list costs ten. A client rarely has ten open deals.
      for (const path of new Set(ids.flatMap(one => recordId(one) ?? []))) {
        const one = await reading.one(
          { path: `v2/deals/${path}`, ...(personId !== null && { as: personId }) },
          deal,
        );
        if (!one || one.isDeleted) continue;
        const { id, name, ownerId, pipelineId, stageId, isOpen } = one;
        found.push({ id, name, ownerId, pipelineId, stageId, isOpen });
      }
      return found;
    },
    async setOwners(personId, dealIds, ownerId) {
      const owner = recordId(ownerId);
      // It is not documented what the API answers for an owner who has left. Pipedrive's own pages do not offer them.
      if (owner === null || (await employee(owner))?.isActive !== true) return 'failed';
      let all: Written = 'done';
      for (const dealId of dealIds) {
        const path = recordId(dealId);
        if (path === null) return 'failed';
        const body = { owner_id: Number(owner) };
        const { written } = await write({ path: `v2/deals/${path}`, as: personId, method: 'PATCH', body });
        if (written !== 'done') all = written;
      }
      return all;
    },
  };
}
