/**
 * Changes of owners that came with hooks. They are stored for CRMs that authenticate their calls and whose log is too
 * expensive to read each time. The same hook may come several times, so each event is stored once, by its id.
 */
import { sql } from 'kysely';
import type { OwnerEvent } from '../crm/owners.ts';
import type { Database } from '../store/database.ts';

export type OwnerEvents = {
  readonly keep: (
    accountId: string,
    changes: readonly { readonly contactId: string; readonly event: OwnerEvent }[],
  ) => Promise<void>;
  /** In the order in which they happened. `sinceSeconds`: unix seconds. */
  readonly since: (
    accountId: string,
    contactId: string,
    sinceSeconds: number,
  ) => Promise<readonly OwnerEvent[]>;
  readonly forget: () => Promise<void>;
};

/** As long as decided claims are kept. */
const KEPT_DAYS = 7;

export const ownerEventsIn = (database: Database): OwnerEvents => ({
  async keep(accountId, changes) {
    if (changes.length === 0) return;
    await database
      .insertInto('crmOwnerEvent')
      .values(
        changes.map(({ contactId, event: { id, by, before, after, at } }) => ({
          accountId,
          contactId,
          eventId: id,
          byId: by,
          beforeId: before,
          afterId: after,
          at,
        })),
      )
      .onConflict(conflict => conflict.columns(['accountId', 'contactId', 'eventId']).doNothing())
      .execute();
  },
  async since(accountId, contactId, sinceSeconds) {
    const rows = await database
      .selectFrom('crmOwnerEvent')
      .select(['eventId', 'byId', 'beforeId', 'afterId', 'at'])
      .where('accountId', '=', accountId)
      .where('contactId', '=', contactId)
      .where('at', '>=', sinceSeconds)
      .orderBy('eventId')
      .execute();
    return rows.map(row => ({
      id: row.eventId,
      by: row.byId,
      before: row.beforeId,
      after: row.afterId,
      at: row.at,
    }));
  },
  async forget() {
    await database
      .deleteFrom('crmOwnerEvent')
      .where('heardAt', '<', sql<Date>`now() - make_interval(days => ${KEPT_DAYS})`)
      .execute();
  },
});
