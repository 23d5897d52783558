/**
 * Who is responsible for a contact, and the CRM's log of it, read as the account itself. The log has a hundred events a page,
 * and 204 when there are none. That the newest come first is inferred, so nothing here depends on it.
 */
import * as v from 'valibot';
import type { CrmOwners, OwnerEvent } from '../owners.ts';
import type { CrmApi, CrmAnswer, Question } from '../api.ts';
import { CrmUnavailable } from '../unanswered.ts';
import { id } from './ids.ts';

const PAGE = 100;
/** More events than one client has within some minutes. */
const MOST_PAGES = 5;

const contact = v.nullable(v.object({ responsible_user_id: id }));
/** The log writes `[{"responsible_user":{"id":7}}]`. */
const responsible = v.pipe(
  v.nullish(v.array(v.object({ responsible_user: v.nullish(v.object({ id })) })), []),
  v.transform(([first]) => first?.responsible_user?.id ?? null),
);
const events = v.nullable(
  v.object({
    _embedded: v.object({
      events: v.array(
        v.pipe(
          v.object({
            id: v.string(),
            created_at: v.number(),
            created_by: v.nullish(id),
            value_before: responsible,
            value_after: responsible,
          }),
          v.transform((one): OwnerEvent => ({
            id: one.id,
            at: one.created_at,
            by: one.created_by === '0' ? null : (one.created_by ?? null),
            before: one.value_before,
            after: one.value_after,
          })),
        ),
      ),
    }),
  }),
);

export function ownersThrough(
  crm: CrmApi,
  accountId: string,
  {
    grantOwner,
    leaving,
  }: { readonly grantOwner: () => Promise<string | null>; readonly leaving: AbortSignal },
): CrmOwners {
  const ask = (question: Question | string): Promise<CrmAnswer> => crm.ask(accountId, question, leaving);
  function answerIn<S extends v.GenericSchema>(answer: CrmAnswer, schema: S): v.InferOutput<S> {
    if (answer.kind !== 'answered') throw new CrmUnavailable(`The CRM cannot be asked: ${answer.kind}`);
    const { success, output } = v.safeParse(schema, answer.json);
    if (!success) throw new CrmUnavailable('The CRM answered something else');
    return output;
  }
  return {
    async ownerOf(contactId) {
      const answer = await ask(`contacts/${encodeURIComponent(contactId)}`);
      if (answer.kind === 'refused' && answer.status === 404) return null;
      const found = answerIn(answer, contact);
      return found && { ownerId: found.responsible_user_id };
    },
    async ownerLog(contactId, sinceSeconds) {
      const found: OwnerEvent[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const query = new URLSearchParams({
          page: String(page),
          limit: String(PAGE),
          'filter[entity]': 'contact',
          'filter[type]': 'entity_responsible_changed',
          'filter[entity_id][]': contactId,
          'filter[created_at][from]': String(Math.floor(sinceSeconds)),
        });
        const read = answerIn(await ask(`events?${query}`), events)?._embedded.events ?? [];
        found.push(...read);
        if (read.length < PAGE) break;
      }
      return found;
    },
    async writesAs() {
      const employeeId = await grantOwner();
      if (employeeId === null) throw new CrmUnavailable('Nobody lets us into the CRM');
      return employeeId;
    },
    async setOwner(contactId, ownerId) {
      const answer = await ask({
        path: `contacts/${encodeURIComponent(contactId)}`,
        method: 'PATCH',
        body: { responsible_user_id: Number(ownerId) },
      });
      if (answer.kind === 'refused') return false;
      if (answer.kind !== 'answered') throw new CrmUnavailable(`The CRM cannot be asked: ${answer.kind}`);
      return true;
    },
  };
}
