/**
 * Deals, which the CRM calls leads, and whose clients they are about. A change of a contact's responsible moves none
 * of them. Source: the CRM's API reference.
 */
import { array, boolean, nullish, number, optional, string, type InferOutput } from 'valibot';
import { object } from '../../http/object.ts';
import type { Deal } from '../../domain/deal.ts';
import { path, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { HostRecords } from '../host.ts';
import { BATCH, inBatches } from './batches.ts';

/** Won and lost, in every pipeline. */
const CLOSED_STAGES: ReadonlySet<number> = new Set([142, 143]);

const dealFields = {
  id: number(),
  name: nullish(string()),
  responsible_user_id: nullish(number()),
  pipeline_id: number(),
  status_id: number(),
  closed_at: nullish(number()),
  is_deleted: optional(boolean()),
};
const dealRecord = object(dealFields);
const dealPage = object({ _embedded: object({ leads: array(dealRecord) }) });
const dealWithContacts = object({
  ...dealFields,
  _embedded: optional(
    object({ contacts: optional(array(object({ id: number(), is_main: optional(boolean(), false) })), []) }),
    {},
  ),
});

export const dealsThrough = (
  ask: Client,
  origin: string,
): Pick<HostRecords, 'deals' | 'deal' | 'setDealOwners'> => ({
  deals: (dealIds, signal) =>
    inBatches(dealIds, async ids => {
      const { value } = await ask({
        method: 'GET',
        path: '/api/v4/leads',
        query: { 'filter[id]': ids, limit: BATCH },
        schema: dealPage,
        signal,
      });
      return (value?._embedded.leads ?? [])
        .filter(record => !record.is_deleted)
        .map(record => dealFrom(record, origin));
    }),
  async deal(dealId, signal) {
    const { value } = await ask({
      method: 'GET',
      path: path`/api/v4/leads/${dealId}`,
      query: { with: 'contacts' },
      schema: dealWithContacts,
      signal,
    });
    if (!value || value.is_deleted) throw new Failure('missing', 'crm');
    const mainFirst = [...value._embedded.contacts].sort(
      (one, other) => Number(other.is_main) - Number(one.is_main),
    );
    return { deal: dealFrom(value, origin), contactIds: mainFirst.map(({ id }) => String(id)) };
  },
  async setDealOwners(dealIds, ownerId) {
    await inBatches(dealIds, async ids => {
      await ask({
        method: 'PATCH',
        path: '/api/v4/leads',
        body: ids.map(id => ({ id: Number(id), responsible_user_id: Number(ownerId) })),
      });
      return [];
    });
  },
});

const dealFrom = (record: InferOutput<typeof dealRecord>, origin: string): Deal => ({
  id: String(record.id),
  name: record.name ?? '',
  ownerId: record.responsible_user_id ? String(record.responsible_user_id) : null,
  pipelineId: String(record.pipeline_id),
  stageId: String(record.status_id),
  isOpen: !CLOSED_STAGES.has(record.status_id) && !record.closed_at,
  address: `${origin}/leads/detail/${record.id}`,
});
