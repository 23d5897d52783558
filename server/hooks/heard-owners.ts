/**
 * The owner of a contact according to the latest report: from a hook, from a claim that the server wrote, or from the
 * regular check for changes that no hook reported. An open page asks for the stamp, which needs no request to the CRM, and
 * reads the contact again when the stamp has changed. A change that several sources report changes the stamp only once.
 */
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

export type HeardOwner = {
  readonly contactId: string;
  readonly ownerId: string;
  /**
   * Time of the report in unix seconds by the CRM's clock. Null: just now. Reports older than the latest known time are
   * ignored.
   */
  readonly at: number | null;
};

export type HeardOwners = {
  readonly hear: (accountId: string, owners: readonly HeardOwner[]) => Promise<void>;
  /** Null if there is no recent report. `stamp` differs after each change of the owner. */
  readonly of: (
    accountId: string,
    contactId: string,
  ) => Promise<{ readonly ownerId: string; readonly stamp: string } | null>;
  /** Deletes the owners that have not changed for a week. */
  readonly forget: () => Promise<void>;
};

const KEPT_DAYS = 7;

export const heardOwnersIn = (database: Database): HeardOwners => ({
  async hear(accountId, owners) {
    // One statement can change a row only once.
    const distinct = [...new Map(owners.map(one => [one.contactId, one])).values()];
    if (distinct.length === 0) return;
    const columns = [
      distinct.map(one => one.contactId),
      distinct.map(one => one.ownerId),
      distinct.map(one => one.at),
    ] as const;
    await sql`
      insert into heard_owner as known (account_id, contact_id, owner_id, at)
      select ${accountId}::bigint, told.* from
        unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::double precision[])
        as told (contact_id, owner_id, at)
      -- In one order, because two lists with the same contacts in different orders would wait for each other.
      order by contact_id
      on conflict (account_id, contact_id) do update set
        changed_at = case when known.owner_id = excluded.owner_id then known.changed_at else clock_timestamp() end,
        owner_id = excluded.owner_id,
        at = greatest(known.at, excluded.at)
      where coalesce(excluded.at >= known.at, true)
        and (known.owner_id <> excluded.owner_id or excluded.at > coalesce(known.at, 0))
    `.execute(database);
  },
  async of(accountId, contactId) {
    const row = await database
      .selectFrom('heardOwner')
      .select(['ownerId', sql<string>`(extract(epoch from changed_at) * 1000000)::bigint::text`.as('stamp')])
      .where('accountId', '=', accountId)
      .where('contactId', '=', contactId)
      .executeTakeFirst();
    return row ?? null;
  },
  async forget() {
    await database
      .deleteFrom('heardOwner')
      .where('changedAt', '<', sql<Date>`now() - make_interval(days => ${KEPT_DAYS})`)
      .execute();
  },
});
