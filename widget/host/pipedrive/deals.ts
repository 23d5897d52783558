/**
 * Deals and their clients. A deal has one main person or none, and further participants. Changing the owner of a person
 * changes no deal. Sources: the reference of API v2, and its changelog of 2025-11-24 on the persons of a deal.
 */
import type { InferOutput } from 'valibot';
import type { Deal } from '../../../domain/deal.ts';
import { path, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { flag, words } from '../../http/fields.ts';
import { object } from '../../http/object.ts';
import type { Contact, HostRecords } from '../host.ts';
import { cardOf } from './page.ts';
import { linkedId, recordId } from './ids.ts';
import { hidden, readList, readOne } from './wire.ts';

const PAGE = 500;
/** At most 1,000 open deals are read for a client. */
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
  persons: {
    readonly contacts: HostRecords['contacts'];
    readonly ofDeal: (dealId: string, signal?: AbortSignal) => Promise<readonly Contact[]>;
  },
): Pick<HostRecords, 'dealsOf' | 'clientsOf' | 'setDealOwners'> => {
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
    async clientsOf(dealId, signal) {
      const { person_id: mainId } = await one(dealId, signal);
      const linked = await persons.ofDeal(dealId, signal);
      // The reference does not say whether the main person is among the linked ones.
      const isApart = mainId !== null && !linked.some(({ id }) => id === mainId);
      const all = isApart ? [...linked, ...(await persons.contacts([mainId], signal))] : linked;
      return [...all].sort((one, other) => Number(other.id === mainId) - Number(one.id === mainId));
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
