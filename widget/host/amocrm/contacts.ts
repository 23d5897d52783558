/**
 * Contacts and their owners. Lists are read and written in batches, as the CRM recommends; a refused batch says nothing
 * about the others. Source: the CRM's API reference.
 */
import { nullish, optional, unknown, type InferOutput } from 'valibot';
import { path, type Answer, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { flag, words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { Contact, HostRecords } from '../host.ts';
import { BATCH, inBatches, named } from './batches.ts';
import { crmId, personId, readList, recordedIn } from './wire.ts';

const contactRecord = object({
  id: crmId,
  name: words,
  responsible_user_id: personId,
  is_deleted: flag,
  custom_fields_values: listed(
    object({ field_code: words, values: listed(object({ value: optional(unknown()) })) }),
  ),
  _embedded: nullish(object({ leads: listed(object({ id: crmId })) }), {}),
});

export const contactsThrough = (
  ask: Client,
  origin: string,
): Pick<HostRecords, 'contact' | 'contacts' | 'setOwner' | 'setOwners'> => ({
  async contact(contactId, signal) {
    const contact = await one(ask, origin, contactId, signal);
    if (!contact) throw new Failure('missing', 'crm');
    return contact;
  },
  contacts: (contactIds, signal) =>
    inBatches(contactIds, async ids => {
      const { items, header } = await readList(ask, 'contacts', contactRecord, {
        path: '/api/v4/contacts',
        query: { 'filter[id]': ids, limit: BATCH, with: 'leads' },
        signal,
      });
      const contacts = items
        .filter(record => !record.is_deleted)
        .map(record => contactFrom(record, origin, readAt({ header })));
      return named(ids, contacts, id => one(ask, origin, id, signal));
    }),
  async setOwner(contactId, ownerId, isDue) {
    // Sends only the changed field, because echoing others back can be refused. The answer never contains the owner.
    await ask({
      method: 'PATCH',
      path: path`/api/v4/contacts/${contactId}`,
      body: { responsible_user_id: Number(ownerId) },
      isDue,
    });
  },
  setOwners: (contactIds, ownerId, isDue) =>
    inBatches(contactIds, async ids => {
      const { value } = await ask({
        method: 'PATCH',
        path: '/api/v4/contacts',
        body: ids.map(id => ({ id: Number(id), responsible_user_id: Number(ownerId) })),
        schema: recordedIn('contacts'),
        isDue,
      });
      return value ?? [];
    }),
});

async function one(
  ask: Client,
  origin: string,
  contactId: string,
  signal: AbortSignal | undefined,
): Promise<Contact | null> {
  const answer = await ask({
    method: 'GET',
    path: path`/api/v4/contacts/${contactId}`,
    query: { with: 'leads' },
    schema: contactRecord,
    signal,
  });
  return !answer.value || answer.value.is_deleted ? null : contactFrom(answer.value, origin, readAt(answer));
}

/** The time by the CRM's clock, which also dates its events; by our own clock if the answer has no date. */
function readAt({ header }: Pick<Answer<unknown>, 'header'>): number {
  const dated = Date.parse(header('Date') ?? '');
  return Math.floor((Number.isNaN(dated) ? Date.now() : dated) / 1000);
}

function contactFrom(record: InferOutput<typeof contactRecord>, origin: string, readAt: number): Contact {
  const phones = record.custom_fields_values.items
    .filter(field => field.field_code === 'PHONE')
    .flatMap(field => field.values.items.map(({ value }) => value))
    .filter(value => typeof value === 'string' || typeof value === 'number')
    .map(String);
  return {
    id: record.id,
    name: record.name,
    ownerId: record.responsible_user_id,
    phones,
    dealIds: [...new Set(record._embedded.leads.items.map(({ id }) => id))],
    address: `${origin}/contacts/detail/${record.id}`,
    readAt,
  };
}
