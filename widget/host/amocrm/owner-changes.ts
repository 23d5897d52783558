/**
 * Who became responsible for which contact or deal, from the CRM's event log: open to every employee, a hundred events a page,
 * at most ten contacts a question, 204 when there are none. Source: the CRM's pages on events and their filters. That
 * the newest come first is inferred, so nothing here depends on it.
 */
import { array, number, optional, string, unknown, type InferOutput } from 'valibot';
import { object } from '../../http/object.ts';
import type { Client, Query } from '../../http/client.ts';
import type { HostRecords, OwnerChange } from '../host.ts';
import { inBatches } from './batches.ts';
import { field, idOf } from './reading.ts';

const PAGE = 100;
/** 2,000 events: the CRM forbids widgets to read without an end. */
const MOST_PAGES = 20;
const MOST_CONTACTS = 10;

const event = object({
  id: string(),
  entity_id: number(),
  created_at: number(),
  created_by: optional(unknown()),
  value_before: optional(unknown()),
  value_after: optional(unknown()),
});

const eventPage = object({
  _links: optional(object({ next: optional(unknown()) }), {}),
  _embedded: object({ events: array(event) }),
});

export const ownerChangesThrough = (
  ask: Client,
): Pick<HostRecords, 'ownerChangesSince' | 'dealOwnerChangesSince' | 'ownerChangesOf'> => ({
  ownerChangesSince: (unixSeconds, options) => read(ask, since(unixSeconds), options?.signal),
  async dealOwnerChangesSince(unixSeconds, options) {
    const { changes, complete } = await read(ask, since(unixSeconds, 'lead'), options?.signal);
    return { complete, changes: changes.map(({ contactId, at }) => ({ dealId: contactId, at })) };
  },
  ownerChangesOf: (contactIds, unixSeconds, signal) =>
    inBatches(
      contactIds,
      async ids => {
        const query = { ...since(unixSeconds), 'filter[entity_id]': ids };
        return (await read(ask, query, signal)).changes;
      },
      MOST_CONTACTS,
    ),
});

const since = (unixSeconds: number, entity: 'contact' | 'lead' = 'contact'): Query => ({
  'filter[entity]': entity,
  'filter[type]': 'entity_responsible_changed',
  'filter[created_at][from]': unixSeconds,
});

async function read(
  ask: Client,
  query: Query,
  signal: AbortSignal | undefined,
): ReturnType<HostRecords['ownerChangesSince']> {
  const changes: OwnerChange[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { value } = await ask({
      method: 'GET',
      path: '/api/v4/events',
      query: { ...query, page, limit: PAGE },
      schema: eventPage,
      signal,
    });
    const events = value?._embedded.events ?? [];
    changes.push(...events.map(changeFrom));
    if (events.length < PAGE || value?._links.next === undefined) return { changes, complete: true };
  }
  return { changes, complete: false };
}

const changeFrom = (event: InferOutput<typeof eventPage>['_embedded']['events'][number]): OwnerChange => ({
  id: event.id,
  contactId: String(event.entity_id),
  at: event.created_at,
  by: idOf(event.created_by),
  before: responsibleIn(event.value_before),
  after: responsibleIn(event.value_after),
});

/** The log writes `[{"responsible_user":{"id":7}}]`. */
const responsibleIn = (value: unknown): string | null =>
  idOf(field(field(field(value, '0'), 'responsible_user'), 'id'));
