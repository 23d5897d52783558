/**
 * Who became the owner of which contact, from the CRM's event log. It is open to every employee, returns a hundred
 * events per page, accepts at most ten contacts per request, and answers 204 if there are none. Source: the CRM's pages
 * on events and their filters. The order, newest first, is inferred, so nothing here depends on it.
 */
import { number, optional, pipe, unknown, type InferOutput } from 'valibot';
import type { Client } from '../../http/client.ts';
import { amount, id } from '../../http/fields.ts';
import { object } from '../../http/object.ts';
import { readPages } from '../../http/pages.ts';
import type { HostRecords, OwnerChange } from '../host.ts';
import { inBatches } from './batches.ts';
import { field, idOf } from './reading.ts';
import { crmId, readPage } from './wire.ts';

const PAGE = 100;
/** 2,000 events: the CRM forbids unbounded reading by widgets. */
const MOST_PAGES = 20;
const MOST_CONTACTS = 10;

const eventRecord = object({
  id,
  entity_id: crmId,
  created_at: pipe(amount, number()),
  created_by: optional(unknown()),
  value_before: optional(unknown()),
  value_after: optional(unknown()),
});

export const ownerChangesThrough = (ask: Client): Pick<HostRecords, 'ownerChangesOf'> => ({
  ownerChangesOf: (contactIds, unixSeconds, signal) =>
    inBatches(
      contactIds,
      async ids => {
        const { items } = await readPages({
          read: ({ page }) =>
            readPage(ask, 'events', eventRecord, {
              path: '/api/v4/events',
              query: {
                'filter[entity]': 'contact',
                'filter[type]': 'entity_responsible_changed',
                'filter[created_at][from]': unixSeconds,
                'filter[entity_id]': ids,
                page,
                limit: PAGE,
              },
              signal,
            }),
          keyOf: one => one.id,
          most: MOST_PAGES,
        });
        return items.map(changeFrom);
      },
      MOST_CONTACTS,
    ),
});

const changeFrom = (event: InferOutput<typeof eventRecord>): OwnerChange => ({
  id: event.id,
  contactId: event.entity_id,
  at: event.created_at,
  by: idOf(event.created_by),
  before: responsibleIn(event.value_before),
  after: responsibleIn(event.value_after),
});

/** The log's format is `[{"responsible_user":{"id":7}}]`. */
const responsibleIn = (value: unknown): string | null =>
  idOf(field(field(field(value, '0'), 'responsible_user'), 'id'));
