/**
 * Counts contacts by who is responsible for them or for an open deal of theirs. The service has no such question, so its
 * lists are read page by page.
 */
import { array, boolean, number, string, type GenericSchema } from 'valibot';
import { object } from '../../http/object.ts';
import type { Client } from '../../http/client.ts';
import type { Chat, ClientCounts, CountProgress } from '../chat.ts';

/** The service answers 100 a page. */
const PAGE = 100;
/** 50,000 contacts and as many deals: what a person is willing to wait for. */
const MOST_PAGES = 500;

type Page<T> = { readonly count: number; readonly data: readonly T[] };
type Contact = { readonly id: string; readonly responsibleUserId: string };
type Deal = Contact & { readonly contacts: readonly string[]; readonly closed: boolean };

const contactPage = object({
  count: number(),
  data: array(object({ id: string(), responsibleUserId: string() })),
});
const dealPage = object({
  count: number(),
  data: array(
    object({ id: string(), responsibleUserId: string(), contacts: array(string()), closed: boolean() }),
  ),
});

export const clientCounts =
  (ask: Client): Chat['clientCounts'] =>
  async ({ signal, onProgress } = {}) => {
    const pages = async <T>(
      what: CountProgress['what'],
      schema: GenericSchema<unknown, Page<T>>,
      take: (one: T) => void,
    ): Promise<boolean> => {
      let read = 0;
      let of = 0;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = { offset: read };
        const { value } = await ask({ method: 'GET', path: `/v3/${what}`, query, schema, signal });
        const found = value?.data ?? [];
        found.forEach(take);
        read += found.length;
        of = value?.count ?? read;
        onProgress?.({ what, read, of });
        if (found.length < PAGE) return true;
      }
      return read >= of;
    };
    const responsibles = new Map<string, Set<string>>();
    const byOwner = new Map<string, number>();
    const hasAllContacts = await pages<Contact>('contacts', contactPage, ({ id, responsibleUserId }) => {
      if (responsibles.has(id)) return;
      responsibles.set(id, new Set([responsibleUserId]));
      addOne(byOwner, responsibleUserId);
    });
    const hasAllDeals = await pages<Deal>('deals', dealPage, ({ responsibleUserId, contacts, closed }) => {
      if (!closed) contacts.forEach(id => responsibles.get(id)?.add(responsibleUserId));
    });
    return {
      byOwner,
      byResponsible: countsOf(responsibles),
      all: responsibles.size,
      isComplete: hasAllContacts && hasAllDeals,
    };
  };

function countsOf(responsibles: ReadonlyMap<string, ReadonlySet<string>>): ClientCounts['byResponsible'] {
  const counts = new Map<string, number>();
  for (const people of responsibles.values()) people.forEach(one => addOne(counts, one));
  return counts;
}

const addOne = (counts: Map<string, number>, key: string): Map<string, number> =>
  counts.set(key, (counts.get(key) ?? 0) + 1);
