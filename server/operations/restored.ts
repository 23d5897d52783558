/**
 * Runs after the database was restored from a backup (`node server.mjs restored`). Each refresh token in the backup may be
 * spent. Administrators should learn this today and not when the last access token ends, so all grants are tried at once. An
 * account whose grants the CRM no longer accepts has to allow us again. Codes in the backup expired long ago. Accounts that
 * were purged since the backup are still past their time, so they are purged again within the hour.
 */
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** Returns how many grants of the CRM will be tried. Partner grants are tried, too. */
export async function restored(database: Database, now: Date): Promise<number> {
  await database
    .updateTable('arrival')
    .set({ outcome: 'expired', sealedCode: '' })
    .where('outcome', 'is', null)
    .execute();
  // The instances that had the backup's leases are gone.
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
