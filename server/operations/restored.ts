/**
 * After the database came back from a backup (`node server.mjs restored`). Each refresh token in it may be spent by now, and
 * the account's administrators should hear of it today and not when the last access token is over: so all are tried at once.
 * An account whose grants the CRM no longer takes has to allow us again. Codes in the backup are long over. Accounts that were
 * purged since then have their time over still, so they are purged again within the hour.
 */
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** Answers how many grants of the CRM are tried; what lets us write roles is tried with them. */
export async function restored(database: Database, now: Date): Promise<number> {
  await database
    .updateTable('arrival')
    .set({ outcome: 'expired', sealedCode: '' })
    .where('outcome', 'is', null)
    .execute();
  // Nobody holds a lease that was held when the backup was made.
  await database
    .updateTable('lease')
    .set({ until: sql<Date>`now()`, fence: sql<string>`fence + 1000000` })
    .execute();
  await database
    .updateTable('partnerGrant')
    .set({ expiresAt: now, renewedAt: new Date(0) })
    .where('isDead', '=', false)
    .execute();
  const { numUpdatedRows } = await database
    .updateTable('crmGrant')
    .set({ expiresAt: now, renewedAt: new Date(0) })
    .where('isDead', '=', false)
    .where('kind', '=', 'oauth')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
