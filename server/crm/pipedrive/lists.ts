import * as v from 'valibot';
import type { CrmLists, CrmPipeline, CrmRecord } from '../lists.ts';
import { CrmUnavailable } from '../unanswered.ts';
import { deal, person } from './clients.ts';
import { id } from './ids.ts';
import { user } from './person.ts';
import { readingOf, readFrom } from './reading.ts';
import type { Spending } from './spending.ts';

const ordered = { id, name: v.nullish(v.string(), ''), order_nr: v.nullish(v.number(), 0) };
const isDeleted = { is_deleted: v.nullish(v.boolean(), false) };
const pipeline = v.object({ ...ordered, ...isDeleted });
const stage = v.object({ ...ordered, ...isDeleted, pipeline_id: id });
const users = v.object({ data: v.array(user) });

export function listsOf(crm: Spending, accountId: string, leaving: AbortSignal): CrmLists {
  const reading = readingOf(crm, accountId, leaving);
  async function all<S extends v.GenericSchema>(list: string, item: S): Promise<readonly v.InferOutput<S>[]> {
    const found: v.InferOutput<S>[] = [];
    for await (const page of reading.all(list, {}, item)) found.push(...page);
    return found;
  }
  return {
    restSeconds: crm.restSeconds,
    async users() {
      const { data } = readFrom(await crm.ask(accountId, 'v1/users', leaving), users);
      if (data.length === 0) throw new CrmUnavailable('The CRM has nobody who works in it');
      return data;
    },
    async records(kind) {
      if (kind === 'contacts')
        return (await all('v2/persons', person))
          .filter(one => !one.isDeleted)
          .map((one): CrmRecord => ({
            id: one.id,
            responsibleId: one.ownerId,
            phones: one.phones,
            contactIds: [],
            isOpen: false,
          }));
      // The list of deals omits archived ones. Without them here, they would count as deleted.
      const deals = [...(await all('v2/deals', deal)), ...(await all('v2/deals/archived', deal))];
      return deals
        .filter(one => !one.isDeleted)
        .map((one): CrmRecord => ({
          id: one.id,
          responsibleId: one.ownerId,
          phones: [],
          contactIds: one.contactIds,
          isOpen: one.isOpen,
        }));
    },
    async pipelines() {
      const inOrder = <One extends { readonly order_nr: number; readonly is_deleted: boolean }>(
        found: readonly One[],
      ): readonly One[] =>
        found.filter(one => !one.is_deleted).sort((one, other) => one.order_nr - other.order_nr);
      const stages = inOrder(await all('v2/stages', stage));
      return inOrder(await all('v2/pipelines', pipeline)).map((one): CrmPipeline => ({
        id: one.id,
        name: one.name,
        stages: stages
          .filter(each => each.pipeline_id === one.id)
          .map(each => ({ id: each.id, name: each.name })),
      }));
    },
  };
}
