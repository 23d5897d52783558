/**
 * Deals, which the CRM calls leads, and the clients they concern. Changing a contact's owner moves none of them.
 * Source: the CRM's API reference.
 */
import { nullish, type InferOutput } from 'valibot';
import type { Deal } from '../../../domain/deal.ts';
import { path, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { amount, flag, words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { HostRecords } from '../host.ts';
import { BATCH, inBatches, named } from './batches.ts';
import { crmId, personId, readList } from './wire.ts';

/** The stages "won" and "lost" of every pipeline. */
const CLOSED_STAGES: ReadonlySet<string> = new Set(['142', '143']);

const dealFields = {
  id: crmId,
  name: words,
  responsible_user_id: personId,
  pipeline_id: words,
  status_id: words,
  closed_at: amount,
  is_deleted: flag,
};
const dealRecord = object(dealFields);
const dealWithContacts = object({
  ...dealFields,
  _embedded: nullish(object({ contacts: listed(object({ id: crmId, is_main: flag })) }), {}),
});

export const dealsThrough = (
  ask: Client,
  origin: string,
): Pick<HostRecords, 'dealsOf' | 'deal' | 'setDealOwners'> => ({
  dealsOf: ({ dealIds }, signal) =>
    inBatches(dealIds, async ids => {
      const { items } = await readList(ask, 'leads', dealRecord, {
        path: '/api/v4/leads',
        query: { 'filter[id]': ids, limit: BATCH },
        signal,
      });
      const deals = items.filter(record => !record.is_deleted).map(record => dealFrom(record, origin));
      return named(ids, deals, async id => {
        const record = await one(ask, id, signal);
        return record && dealFrom(record, origin);
      });
    }),
  async deal(dealId, signal) {
    const value = await one(ask, dealId, signal);
    if (!value) throw new Failure('missing', 'crm');
    const mainFirst = [...value._embedded.contacts.items].sort(
      (one, other) => Number(other.is_main ?? false) - Number(one.is_main ?? false),
    );
    return { deal: dealFrom(value, origin), contactIds: [...new Set(mainFirst.map(({ id }) => id))] };
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

async function one(
  ask: Client,
  dealId: string,
  signal: AbortSignal | undefined,
): Promise<InferOutput<typeof dealWithContacts> | null> {
  const { value } = await ask({
    method: 'GET',
    path: path`/api/v4/leads/${dealId}`,
    query: { with: 'contacts' },
    schema: dealWithContacts,
    signal,
  });
  return !value || value.is_deleted ? null : value;
}

const dealFrom = (record: InferOutput<typeof dealRecord>, origin: string): Deal => ({
  id: record.id,
  name: record.name,
  ownerId: record.responsible_user_id,
  pipelineId: record.pipeline_id,
  stageId: record.status_id,
  // A deal without a stage is not offered as open.
  isOpen: record.status_id !== '' && !CLOSED_STAGES.has(record.status_id) && !record.closed_at,
  address: `${origin}/leads/detail/${record.id}`,
});
