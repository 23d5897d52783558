/** Persons and deals as one of Pipedrive's employees sees them, read with that employee's own grant. */
import * as v from 'valibot';
import { Refused } from '../../http/refusal.ts';
import type { CrmApi } from '../api.ts';
import type { CrmRecords, Seen } from '../records.ts';
import { deal, person } from './clients.ts';
import { recordId } from './ids.ts';

const PATIENCE_MILLISECONDS = 8_000;

const seenPerson = v.pipe(
  v.object({ data: person }),
  v.transform(({ data }): Seen | null =>
    data.isDeleted ? null : { responsibleId: data.ownerId, contactIds: [], isOpen: false },
  ),
);
const seenDeal = v.pipe(
  v.object({ data: deal }),
  v.transform(({ data: { ownerId, contactIds, isOpen, isDeleted } }): Seen | null =>
    isDeleted ? null : { responsibleId: ownerId, contactIds, isOpen },
  ),
);

export const recordsOf = (crm: CrmApi, accountId: string): CrmRecords => ({
  async seenBy(employeeId, kind, givenId) {
    const id = recordId(givenId);
    if (id === null) return null;
    const patience = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const path = kind === 'deals' ? `v2/deals/${id}` : `v2/persons/${id}`;
    const answer = await crm
      .ask(accountId, { path, as: employeeId }, patience)
      .catch(() => ({ kind: 'later' as const }));
    if (answer.kind === 'needs-reauth') throw new Refused('CRM_NEEDS_REAUTH');
    if (answer.kind === 'budget-gone') throw new Refused('CRM_BUDGET_GONE');
    // An app without the scope gets 403 as well, which says nothing about what the employee may see.
    if (answer.kind === 'refused' && (answer.status === 404 || answer.lacksRights)) return null;
    if (answer.kind !== 'answered') throw new Refused('CRM_UNREACHABLE');
    const { success, output } = v.safeParse(kind === 'deals' ? seenDeal : seenPerson, answer.json);
    if (!success) throw new Refused('CRM_UNREACHABLE');
    return output;
  },
});
