/**
 * With `X-Context-User-ID` an administrator's grant acts as one of the account's people. It is not documented that the CRM
 * enforces their rights then.
 */
import * as v from 'valibot';
import type { CrmActing } from '../acting.ts';
import type { CrmApi, Question } from '../api.ts';
import type { CrmDeal } from '../deal.ts';
import type { Written } from '../feed.ts';
import { CLOSED } from './clients.ts';
import { feedOf } from './feed.ts';
import { id, recordId } from './ids.ts';
import { personIn } from './person.ts';
import { withRights } from './rights.ts';
import { unanswered } from '../unanswered.ts';

/** As many as amoCRM recommends for one request. */
const BATCH = 50;

const contact = v.object({
  responsible_user_id: id,
  is_deleted: v.nullish(v.boolean(), false),
  _embedded: v.optional(v.object({ leads: v.optional(v.array(v.object({ id })), []) }), {}),
});
const deal = v.pipe(
  v.object({
    id,
    name: v.nullish(v.string(), ''),
    responsible_user_id: id,
    pipeline_id: v.nullish(id, ''),
    status_id: id,
    closed_at: v.nullish(v.number(), 0),
    is_deleted: v.nullish(v.boolean(), false),
  }),
  v.transform((one): CrmDeal | null =>
    one.is_deleted
      ? null
      : {
          id: one.id,
          name: one.name ?? '',
          ownerId: one.responsible_user_id,
          pipelineId: one.pipeline_id ?? '',
          stageId: one.status_id,
          isOpen: !CLOSED.has(one.status_id) && !one.closed_at,
        },
  ),
);
const deals = v.object({ _embedded: v.object({ leads: v.array(deal) }) });

export function actingIn(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmActing {
  /** Null where the CRM has nothing, or nothing that this person may see. */
  async function read<S extends v.GenericSchema>(
    question: Question,
    schema: S,
  ): Promise<v.InferOutput<S> | null> {
    const answer = await crm.ask(accountId, question, leaving);
    if (answer.kind === 'refused') {
      const isTheirs = answer.lacksRights && question.as !== undefined;
      if (isTheirs || answer.status === 404) return null;
    }
    if (answer.kind !== 'answered') throw unanswered(answer);
    if (answer.json === null) return null;
    const { success, output } = v.safeParse(schema, answer.json);
    if (!success) throw unanswered();
    return output;
  }
  async function write(question: Question): Promise<{ readonly written: Written; readonly json: unknown }> {
    const answer = await crm.ask(accountId, question, leaving);
    if (answer.kind === 'answered') return { written: 'done', json: answer.json };
    if (answer.kind !== 'refused') throw unanswered(answer);
    // A record that they may not see is answered as missing. The caller has just read it, so it exists.
    return { written: answer.lacksRights || answer.status === 404 ? 'refused' : 'failed', json: null };
  }
  const as = (personId: string | null): Pick<Question, 'as'> => (personId === null ? {} : { as: personId });

  async function batchOf(personId: string | null, ids: readonly string[]): Promise<readonly CrmDeal[]> {
    const query = new URLSearchParams([['limit', String(BATCH)], ...ids.map(one => ['filter[id][]', one])]);
    const list = ids.length > 1 ? await read({ path: `leads?${query}`, ...as(personId) }, deals) : null;
    const shown = (list?._embedded.leads ?? []).filter(one => one !== null);
    const found = new Map(shown.map(one => [one.id, one]));
    // An account without the paid option ignores the filter without saying so.
    for (const one of ids.filter(each => !found.has(each))) {
      const single = await read({ path: `leads/${one}`, ...as(personId) }, deal);
      if (single) found.set(one, single);
    }
    return ids.flatMap(one => found.get(one) ?? []);
  }

  return {
    ...feedOf({ read, write }),
    batch: BATCH,
    async person(employeeId) {
      const path = recordId(employeeId);
      const found = path === null ? null : await read({ path: `users/${path}` }, personIn);
      return found && withRights(found);
    },
    async contact(contactId) {
      const path = recordId(contactId);
      const found = path === null ? null : await read({ path: `contacts/${path}?with=leads` }, contact);
      if (!found || found.is_deleted) return null;
      const leads = found._embedded.leads ?? [];
      return { ownerId: found.responsible_user_id, dealIds: leads.map(one => one.id) };
    },
    async deals(personId, ids) {
      const known = [...new Set(ids.flatMap(one => recordId(one) ?? []))];
      const found: CrmDeal[] = [];
      for (let at = 0; at < known.length; at += BATCH)
        found.push(...(await batchOf(personId, known.slice(at, at + BATCH))));
      return found;
    },
    async setOwners(personId, dealIds, ownerId) {
      const body = dealIds.map(one => ({ id: Number(one), responsible_user_id: Number(ownerId) }));
      return (await write({ path: 'leads', as: personId, method: 'PATCH', body })).written;
    },
  };
}
