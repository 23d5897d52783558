import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmClients } from '../clients.ts';
import { CrmUnavailable } from '../unanswered.ts';
import { id } from './ids.ts';

/** Every account's stages of a deal that was won or lost. */
export const CLOSED: ReadonlySet<string> = new Set(['142', '143']);

const linked = v.optional(v.array(v.object({ id })), []);
const values = v.array(v.object({ value: v.unknown() }));
const field = v.object({ field_code: v.nullish(v.string()), values: v.optional(values, []) });
export const phoneFields = { custom_fields_values: v.nullish(v.array(field), []) };
export const linkedContacts = { _embedded: v.optional(v.object({ contacts: linked }), {}) };
const contact = v.object({
  name: v.nullish(v.string(), ''),
  responsible_user_id: id,
  ...phoneFields,
  _embedded: v.optional(v.object({ leads: linked }), {}),
});
const lead = v.object({
  name: v.nullish(v.string(), ''),
  responsible_user_id: id,
  status_id: id,
  ...linkedContacts,
});
const user = v.object({ rights: v.object({ is_active: v.boolean() }) });

export const phonesIn = (fields: v.InferOutput<typeof phoneFields.custom_fields_values>): readonly string[] =>
  (fields ?? [])
    .filter(one => one.field_code === 'PHONE')
    .flatMap(one => one.values.map(({ value }) => String(value)));

export function crmClientsOf(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmClients {
  async function read<S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S> | null> {
    const answer = await crm.ask(accountId, path, leaving);
    if (answer.kind === 'refused' && answer.status === 404) return null;
    if (answer.kind !== 'answered') throw new CrmUnavailable(`The CRM cannot be asked: ${answer.kind}`);
    if (answer.json === null) return null;
    const { success, output } = v.safeParse(schema, answer.json);
    if (!success) throw new CrmUnavailable('The CRM answered something else');
    return output;
  }
  const idsIn = (list: v.InferOutput<typeof linked> = []): readonly string[] => list.map(one => one.id);
  return {
    async contact(contactId) {
      const found = await read(`contacts/${encodeURIComponent(contactId)}?with=leads`, contact);
      if (!found) return null;
      return {
        name: found.name ?? '',
        responsibleId: found.responsible_user_id,
        phones: phonesIn(found.custom_fields_values),
        dealIds: async () => idsIn(found._embedded.leads),
      };
    },
    async deal(dealId) {
      const found = await read(`leads/${encodeURIComponent(dealId)}?with=contacts`, lead);
      if (!found) return null;
      return {
        name: found.name ?? '',
        responsibleId: found.responsible_user_id,
        contactIds: idsIn(found._embedded.contacts),
        isOpen: !CLOSED.has(found.status_id),
      };
    },
    async works(employeeId) {
      const answer = await crm.ask(accountId, `users/${encodeURIComponent(employeeId)}`, leaving);
      if (answer.kind === 'refused' && answer.status === 404) return false;
      const { success, output } = v.safeParse(user, answer.kind === 'answered' ? answer.json : null);
      return !success || output.rights.is_active;
    },
  };
}
