/** The log of all changes: a hundred events a page, the newest first, 204 when there are none. */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmChanges } from '../changes.ts';
import { CrmUnavailable } from '../unanswered.ts';
import { id } from './ids.ts';

const EVERY_SECONDS = 90;
const PAGE = 100;
/** The hourly check finds what is older than ten thousand changes (follow/check.ts). */
const MOST_PAGES = 100;

const events = v.nullable(
  v.object({
    _embedded: v.object({
      events: v.array(
        v.object({
          entity_type: v.string(),
          entity_id: id,
        }),
      ),
    }),
  }),
);
const KINDS: Readonly<Record<string, string>> = { contact: 'contact', lead: 'deal' };

export const changesThrough = (crm: CrmApi): CrmChanges => ({
  everySeconds: EVERY_SECONDS,
  async *since(accountId, sinceSeconds, leaving) {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const query = new URLSearchParams({
        page: String(page),
        limit: String(PAGE),
        'filter[type]': 'entity_responsible_changed',
        'filter[created_at][from]': String(sinceSeconds),
      });
      const answer = await crm.ask(accountId, `events?${query}`, leaving);
      const { success, output } = v.safeParse(events, answer.kind === 'answered' ? answer.json : undefined);
      if (!success) throw new CrmUnavailable('The CRM does not tell its log');
      const told = output?._embedded.events ?? [];
      yield told.flatMap(({ entity_type, entity_id }) => {
        const kind = KINDS[entity_type];
        return kind === undefined ? [] : { name: `${kind} ${entity_id}`, owner: null };
      });
      if (told.length < PAGE) return;
    }
  },
});
