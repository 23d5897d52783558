/**
 * Contacts, which Pipedrive calls persons, and their owners. The CRM has no conditional writes, so the last write wins.
 * Sources: the reference of API v2, and its changelog of 2023-04-03 on who may change an owner.
 */
import { optional, unknown, type InferOutput } from 'valibot';
import { path, type Answer, type Client, type Query } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { flag, words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { Contact, HostRecords } from '../host.ts';
import { cardOf } from './page.ts';
import { linkedId, recordId } from './ids.ts';
import { hidden, readList, readOne } from './wire.ts';

/** The maximum number of persons in one request. A deal has fewer. */
const BATCH = 100;

const person = object({
  id: recordId,
  name: words,
  owner_id: linkedId,
  is_deleted: flag,
  phones: listed(object({ value: optional(unknown()) })),
});

/** `ofDeal`: the persons linked to a deal. That they include the participants is inferred: the reference does not say. */
type Persons = Pick<HostRecords, 'contact' | 'contacts' | 'setOwner' | 'setOwners'> & {
  readonly ofDeal: (dealId: string, signal?: AbortSignal) => Promise<readonly Contact[]>;
};

export const personsThrough = (ask: Client, origin: string): Persons => {
  const setOwner: HostRecords['setOwner'] = async (contactId, ownerId, isDue) => {
    // Only the changed field is sent. The owner in the answer is not needed, because each write is followed by a read.
    await ask({
      method: 'PATCH',
      path: path`/v2/persons/${contactId}`,
      body: { owner_id: Number(ownerId) },
      isDue,
    });
  };
  const contact: HostRecords['contact'] = async (contactId, signal) => {
    const { record, header } = await readOne(ask, person, {
      path: path`/v2/persons/${contactId}`,
      signal,
    }).catch(hidden);
    if (record.is_deleted) throw new Failure('missing', 'crm');
    return contactFrom(record, origin, header);
  };
  const list = async (query: Query, signal?: AbortSignal): Promise<readonly Contact[]> => {
    const asked = { path: '/v2/persons', query: { ...query, limit: BATCH }, signal };
    const { items, header } = await readList(ask, person, asked);
    return items.filter(record => !record.is_deleted).map(record => contactFrom(record, origin, header));
  };
  return {
    contact,
    ofDeal: (dealId, signal) => list({ deal_id: dealId }, signal),
    async contacts(contactIds, signal) {
      const ids = [...new Set(contactIds)];
      const [only] = ids;
      // Ten times cheaper than a list.
      if (only !== undefined && ids.length === 1)
        return contact(only, signal).then(
          one => [one],
          (thrown: unknown) => {
            if (thrown instanceof Failure && thrown.code === 'missing') return [];
            throw thrown;
          },
        );
      const contacts: Contact[] = [];
      for (let at = 0; at < ids.length; at += BATCH) {
        const shown = await list({ ids: ids.slice(at, at + BATCH).join(',') }, signal);
        contacts.push(...shown.filter(({ id }) => ids.includes(id)));
      }
      return contacts;
    },
    setOwner,
    async setOwners(contactIds, ownerId, isDue) {
      const ids = [...new Set(contactIds)];
      for (const contactId of ids) await setOwner(contactId, ownerId, isDue);
      return ids;
    },
  };
};

/** By the clock of our server, which passes the CRM's answers on. By this device's clock if an answer has no date. */
function readAt(header: Answer<unknown>['header']): number {
  const dated = Date.parse(header('Date') ?? '');
  return Math.floor((Number.isNaN(dated) ? Date.now() : dated) / 1000);
}

function contactFrom(
  record: InferOutput<typeof person>,
  origin: string,
  header: Answer<unknown>['header'],
): Contact {
  const phones = record.phones.items
    .map(({ value }) => value)
    .filter(value => typeof value === 'string' || typeof value === 'number')
    .map(String)
    .filter(phone => phone.trim() !== '');
  return {
    id: record.id,
    name: record.name,
    ownerId: record.owner_id,
    phones,
    // Requested separately, because they cost ten times as much as the person.
    dealIds: [],
    address: cardOf(origin, 'contact', record.id),
    readAt: readAt(header),
  };
}
