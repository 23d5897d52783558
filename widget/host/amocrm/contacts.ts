/**
 * Contacts and who is responsible for them. A list is read or written in batches, as the CRM recommends, and a batch
 * that was refused says nothing about the others. Source: the CRM's API reference.
 */
import { array, boolean, nullish, number, optional, string, unknown, type InferOutput } from 'valibot';
import { object } from '../../http/object.ts';
import { path, type Answer, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { Contact, HostRecords } from '../host.ts';
import { BATCH, inBatches } from './batches.ts';

const contactRecord = object({
  id: number(),
  name: nullish(string()),
  responsible_user_id: nullish(number()),
  is_deleted: optional(boolean()),
  custom_fields_values: nullish(
    array(object({ field_code: nullish(string()), values: array(object({ value: unknown() })) })),
  ),
  _embedded: optional(object({ leads: optional(array(object({ id: number() })), []) }), {}),
});

const contactPage = object({ _embedded: object({ contacts: array(contactRecord) }) });
const recordedPage = object({ _embedded: object({ contacts: array(object({ id: number() })) }) });

export const contactsThrough = (
  ask: Client,
  origin: string,
): Pick<HostRecords, 'contact' | 'contacts' | 'setOwner' | 'setOwners'> => ({
  async contact(contactId, signal) {
    const answer = await ask({
      method: 'GET',
      path: path`/api/v4/contacts/${contactId}`,
      query: { with: 'leads' },
      schema: contactRecord,
      signal,
    });
    if (!answer.value || answer.value.is_deleted) throw new Failure('missing', 'crm');
    return contactFrom(answer.value, origin, readAt(answer));
  },
  contacts: (contactIds, signal) =>
    inBatches(contactIds, async ids => {
      const answer = await ask({
        method: 'GET',
        path: '/api/v4/contacts',
        query: { 'filter[id]': ids, limit: BATCH, with: 'leads' },
        schema: contactPage,
        signal,
      });
      return (answer.value?._embedded.contacts ?? [])
        .filter(record => !record.is_deleted)
        .map(record => contactFrom(record, origin, readAt(answer)));
    }),
  async setOwner(contactId, ownerId) {
    // Only the changed field: echoing others back can be refused. The answer never tells the responsible.
    await ask({
      method: 'PATCH',
      path: path`/api/v4/contacts/${contactId}`,
      body: { responsible_user_id: Number(ownerId) },
    });
  },
  setOwners: (contactIds, ownerId) =>
    inBatches(contactIds, async ids => {
      const { value } = await ask({
        method: 'PATCH',
        path: '/api/v4/contacts',
        body: ids.map(id => ({ id: Number(id), responsible_user_id: Number(ownerId) })),
        schema: recordedPage,
      });
      return (value?._embedded.contacts ?? []).map(({ id }) => String(id));
    }),
});

/** By the CRM's clock, which its events are dated by too; by our own where the answer is not dated. */
function readAt({ header }: Answer<unknown>): number {
  const dated = Date.parse(header('Date') ?? '');
  return Math.floor((Number.isNaN(dated) ? Date.now() : dated) / 1000);
}

function contactFrom(record: InferOutput<typeof contactRecord>, origin: string, readAt: number): Contact {
  const phones = (record.custom_fields_values ?? [])
    .filter(field => field.field_code === 'PHONE')
    .flatMap(field => field.values.map(({ value }) => value))
    .filter(value => typeof value === 'string' || typeof value === 'number')
    .map(String);
  return {
    id: String(record.id),
    name: record.name ?? '',
    ownerId: record.responsible_user_id ? String(record.responsible_user_id) : null,
    phones,
    dealIds: record._embedded.leads.map(({ id }) => String(id)),
    address: `${origin}/contacts/detail/${record.id}`,
    readAt,
  };
}
