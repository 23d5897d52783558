import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmClients } from '../clients.ts';
import { whenUnanswered } from '../unanswered.ts';
import { id, recordId } from './ids.ts';
import { user } from './person.ts';
import { readingOf, type Reading } from './reading.ts';
import { moment } from './times.ts';

const text = v.nullish(v.string(), '');
const deleted = v.nullish(v.boolean(), false);
const phones = v.pipe(
  v.nullish(v.array(v.object({ value: text })), []),
  v.transform(all => all.flatMap(({ value }) => value || [])),
);

/** Every person has an owner. */
export const person = v.pipe(
  v.object({
    id,
    name: text,
    owner_id: id,
    phones,
    update_time: v.nullish(moment, null),
    is_deleted: deleted,
  }),
  v.transform(one => ({
    id: one.id,
    name: one.name,
    ownerId: one.owner_id,
    phones: one.phones,
    /** In milliseconds since the epoch. */
    updatedAt: one.update_time,
    isDeleted: one.is_deleted,
  })),
);
export const deal = v.pipe(
  v.object({
    id,
    title: text,
    owner_id: id,
    person_id: v.nullish(id, null),
    pipeline_id: v.nullish(id, ''),
    stage_id: v.nullish(id, ''),
    status: v.nullish(v.string(), ''),
    is_archived: v.nullish(v.boolean(), false),
    is_deleted: deleted,
  }),
  v.transform(one => ({
    id: one.id,
    name: one.title,
    ownerId: one.owner_id,
    // A deal itself names only its main person (inferred). Participants have a separate endpoint in the older API.
    contactIds: one.person_id === null ? [] : [one.person_id],
    pipelineId: one.pipeline_id,
    stageId: one.stage_id,
    isOpen: one.status === 'open' && !one.is_archived,
    isDeleted: one.is_deleted || one.status === 'deleted',
  })),
);

/** All deals that are not archived: open, won and lost. */
export async function dealIdsOf(reading: Reading, contactId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const page of reading.all('v2/deals', { person_id: contactId }, deal))
    ids.push(...page.flatMap(one => (one.isDeleted ? [] : one.id)));
  return ids;
}

export function clientsOf(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmClients {
  const reading = readingOf(crm, accountId, leaving);
  return {
    async contact(contactId) {
      const path = recordId(contactId);
      const found = path === null ? null : await reading.one(`v2/persons/${path}`, person);
      if (path === null || !found || found.isDeleted) return null;
      return {
        name: found.name,
        responsibleId: found.ownerId,
        phones: found.phones,
        dealIds: () => dealIdsOf(reading, path),
      };
    },
    async deal(dealId) {
      const path = recordId(dealId);
      const found = path === null ? null : await reading.one(`v2/deals/${path}`, deal);
      if (!found || found.isDeleted) return null;
      const { name, ownerId, contactIds, isOpen } = found;
      return { name, responsibleId: ownerId, contactIds, isOpen };
    },
    async works(employeeId) {
      const path = recordId(employeeId);
      if (path === null) return false;
      const found = await reading.one(`v1/users/${path}`, user).catch(whenUnanswered({ isActive: true }));
      return found?.isActive ?? false;
    },
  };
}
