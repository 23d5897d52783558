/**
 * Who became responsible for which contact, from the CRM's event log: open to every employee, a hundred events a page,
 * 204 when there are none. Source: the CRM's pages on events and their filters. That the newest come first is
 * inferred, so nothing here depends on it.
 */
import { array, number, object, optional, unknown } from 'valibot';
import type { Client } from '../../http/client.ts';
import type { HostRecords, OwnerChange } from '../host.ts';

const PAGE = 100;
/** 2,000 events: the CRM forbids widgets to read without an end. */
const MOST_PAGES = 20;

const eventPage = object({
  _links: optional(object({ next: optional(unknown()) }), {}),
  _embedded: object({ events: array(object({ entity_id: number(), created_at: number() })) }),
});

export async function ownerChangesSince(
  ask: Client,
  unixSeconds: number,
  signal: AbortSignal | undefined,
): ReturnType<HostRecords['ownerChangesSince']> {
  const changes: OwnerChange[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { value } = await ask({
      method: 'GET',
      path: '/api/v4/events',
      query: {
        page,
        limit: PAGE,
        'filter[entity]': 'contact',
        'filter[type]': 'entity_responsible_changed',
        'filter[created_at][from]': unixSeconds,
      },
      schema: eventPage,
      signal,
    });
    const events = value?._embedded.events ?? [];
    changes.push(...events.map(one => ({ contactId: String(one.entity_id), at: one.created_at })));
    if (events.length < PAGE || value?._links.next === undefined) return { changes, complete: true };
  }
  return { changes, complete: false };
}
