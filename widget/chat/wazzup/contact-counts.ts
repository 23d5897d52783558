/** Counts contacts by responsible. The service has no such question, so its whole list is read, page by page. */
import { array, number, object, string } from 'valibot';
import type { Client } from '../../http/client.ts';
import type { Chat } from '../chat.ts';

/** The service answers 100 contacts a page. */
const PAGE = 100;
/** 50,000 contacts: what a person is willing to wait for. */
const MOST_PAGES = 500;

const contactPage = object({ count: number(), data: array(object({ responsibleUserId: string() })) });

export const contactCounts =
  (ask: Client): Chat['contactCounts'] =>
  async ({ signal, onProgress } = {}) => {
    const byOwner = new Map<string, number>();
    let read = 0;
    let all = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { value } = await ask({
        method: 'GET',
        path: '/v3/contacts',
        query: { offset: read },
        schema: contactPage,
        signal,
      });
      const contacts = value?.data ?? [];
      for (const { responsibleUserId } of contacts) {
        byOwner.set(responsibleUserId, (byOwner.get(responsibleUserId) ?? 0) + 1);
      }
      read += contacts.length;
      all = value?.count ?? read;
      onProgress?.(read, all);
      if (contacts.length < PAGE) return { byOwner, isComplete: true };
    }
    return { byOwner, isComplete: read >= all };
  };
