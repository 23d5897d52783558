/**
 * Hooks are lost in real life, and some plans have none: so the CRM's own log is read too, from a few minutes before the last
 * look. What it tells is a hint like any other.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { CrmApi } from '../crm/amocrm/api.ts';
import { id } from '../crm/amocrm/ids.ts';
import type { Database } from '../store/database.ts';
import type { Lanes } from '../store/lanes.ts';

export type Reconciling = {
  readonly due: () => Promise<readonly string[]>;
  readonly reconcile: (accountId: string, leaving: AbortSignal) => Promise<void>;
};

const OVERLAP_MILLISECONDS = 5 * 60_000;
const EVERY_SECONDS = 90;
const PAGE = 100;
/** Read in one look, newest first. What is older than ten thousand changes is found by the hourly check (check.ts). */
const MOST_PAGES = 100;
/** How far a first look goes back, or one after a long silence. */
const FURTHEST_MILLISECONDS = 7 * 86_400_000;

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

export function createReconciling(given: {
  readonly database: Database;
  readonly crm: CrmApi;
  readonly lanes: Lanes;
  readonly concerned: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
  readonly now: () => Date;
}): Reconciling {
  const { database, crm, lanes, concerned, now } = given;
  return {
    async due() {
      const rows = await database
        .selectFrom('account')
        .select('id')
        .where('state', '=', 'active')
        .where(({ or, eb }) =>
          or([
            eb('reconciledUntil', 'is', null),
            eb('reconciledUntil', '<', new Date(now().getTime() - EVERY_SECONDS * 1000)),
          ]),
        )
        .limit(1000)
        .execute();
      return rows.map(({ id }) => id);
    },
    async reconcile(accountId, leaving) {
      const begun = now();
      const { reconciledUntil } = await database
        .selectFrom('account')
        .select('reconciledUntil')
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
      const since = Math.max(
        (reconciledUntil ?? begun).getTime() - OVERLAP_MILLISECONDS,
        begun.getTime() - FURTHEST_MILLISECONDS,
      );
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const query = new URLSearchParams({
          page: String(page),
          limit: String(PAGE),
          'filter[type]': 'entity_responsible_changed',
          'filter[created_at][from]': String(Math.floor(since / 1000)),
        });
        const answer = await crm.ask(accountId, `events?${query}`, leaving);
        const { success, output } = v.safeParse(events, answer.kind === 'answered' ? answer.json : undefined);
        // Nothing is skipped: the mark stays, and the next look begins where this one did.
        if (!success) return;
        const told = output?._embedded.events ?? [];
        const names = told.flatMap(({ entity_type, entity_id }) => {
          const kind = KINDS[entity_type];
          return kind === undefined ? [] : `${kind} ${entity_id}`;
        });
        await lanes.hint(accountId, await concerned(accountId, names), 'sweep');
        if (told.length < PAGE) break;
      }
      await database
        .updateTable('account')
        .set({ reconciledUntil: sql<Date>`greatest(reconciled_until, ${begun}::timestamptz)` })
        .where('id', '=', accountId)
        .execute();
    },
  };
}
