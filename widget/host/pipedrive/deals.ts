/** Deals, and whose client they are about. A change of a person's owner moves none of them. Source: the reference of API v2. */
import type { InferOutput } from 'valibot';
import type { Deal } from '../../../domain/deal.ts';
import { path, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { flag, words } from '../../http/fields.ts';
import { object } from '../../http/object.ts';
import type { HostRecords } from '../host.ts';
import { cardOf } from './page.ts';
import { linkedId, recordId } from './ids.ts';
import { hidden, readList, readOne } from './wire.ts';

const PAGE = 500;
/** 1,000 open deals of one client. */
const MOST_PAGES = 2;

const dealRecord = object({
  id: recordId,
  title: words,
  owner_id: linkedId,
  person_id: linkedId,
  pipeline_id: words,
  stage_id: words,
  status: words,
  is_archived: flag,
  is_deleted: flag,
});
type DealRecord = InferOutput<typeof dealRecord>;

export const dealsThrough = (
  ask: Client,
  origin: string,
): Pick<HostRecords, 'dealsOf' | 'deal' | 'setDealOwners'> => {
  const one = async (dealId: string, signal?: AbortSignal): Promise<DealRecord> => {
    const asked = { path: path`/v2/deals/${dealId}`, signal };
    const { record } = await readOne(ask, dealRecord, asked).catch(hidden);
    if (record.is_deleted) throw new Failure('missing', 'crm');
    return record;
  };
  return {
    async dealsOf({ id }, signal) {
      const asked = {
        path: '/v2/deals',
        query: { person_id: id, status: 'open', limit: PAGE },
        signal,
      };
      const { items } = await readList(ask, dealRecord, asked, MOST_PAGES);
      return items.filter(record => !record.is_deleted).map(record => dealFrom(record, origin));
    },
    async deal(dealId, signal) {
      const record = await one(dealId, signal);
      return {
        deal: dealFrom(record, origin),
        contactIds: record.person_id === null ? [] : [record.person_id],
      };
    },
    async setDealOwners(dealIds, ownerId) {
      for (const dealId of dealIds)
        await ask({
          method: 'PATCH',
          path: path`/v2/deals/${dealId}`,
          body: { owner_id: Number(ownerId) },
        });
    },
  };
};

const dealFrom = (record: DealRecord, origin: string): Deal => ({
  id: record.id,
  name: record.title,
  ownerId: record.owner_id,
  pipelineId: record.pipeline_id,
  stageId: record.stage_id,
  isOpen: record.status === 'open' && !record.is_archived,
  address: cardOf(origin, 'deal', record.id),
});
