/**
 * Where an account stands in its life:
 * - `pending`: a page's token has proven it, and no administrator has given us access
 * - `active`: an administrator's grant is good
 * - `needs-reauth`: no grant is good any more; an administrator has to allow us again
 * - `disabled`: the CRM has switched us off; what is kept comes back with the next Install, until it is purged
 * - `purged`: nothing is kept but the account's number
 */
import { sql } from 'kysely';
import type { CrmName } from '../caller.ts';
import type { Database } from '../store/database.ts';

const DAY_MILLISECONDS = 86_400_000;
/** For how long everything is kept after an account has left. */
export const KEPT_DAYS = 30;
/** The CRM tells nobody that an account was deleted: its grants just end. */
export const SILENT_DAYS = 90;

export const daysAfter = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MILLISECONDS);

/** Leaving twice does not keep anything longer. */
const leftAt = (now: Date) => sql<Date>`coalesce(account.left_at, ${now}::timestamptz)`;

const hasGrant = sql<boolean>`exists (
  select from crm_grant where account_id = account.id and is_admin and not is_dead
)`;

const hasAnyGrant = sql<boolean>`exists (select from crm_grant where account_id = account.id and not is_dead)`;
const hasChat = sql<boolean>`exists (select from chat_connection where account_id = account.id)`;

/** When it is now, and in which CRMs each employee works with their own grant. */
export type Circumstances = { readonly now: Date; readonly personal: readonly CrmName[] };

/**
 * Somebody has let us in, so the account is back, whatever its state was. An administrator also stops the purge of an account
 * that has left. Anybody else does so only where the account was left by its people, and not by an administrator who has
 * disconnected the chat service.
 */
export async function reopened(
  database: Database,
  accountId: string,
  { isAdmin }: { readonly isAdmin: boolean },
): Promise<void> {
  await database
    .updateTable('account')
    .set({
      state: 'active',
      disableToldAt: null,
      leftAt: sql<Date | null>`case when ${isAdmin}::boolean or (state = 'disabled' and ${hasChat}) then null else left_at end`,
      silentSince: null,
    })
    .where('id', '=', accountId)
    .execute();
}

/** An administrator has taken the chat service's key away. */
export async function disconnected(database: Database, accountId: string, now: Date): Promise<void> {
  await database
    .updateTable('account')
    .set({ leftAt: leftAt(now) })
    .where('id', '=', accountId)
    .execute();
}

/** An administrator has connected the chat service again. */
export async function connectedAgain(database: Database, accountId: string): Promise<void> {
  await database
    .updateTable('account')
    .set({ leftAt: null })
    .where('id', '=', accountId)
    .where('state', 'not in', ['disabled', 'purged'])
    .execute();
}

/** After a grant has ended, or come. */
export async function reconsidered(
  database: Database,
  accountId: string,
  { now, personal }: Circumstances,
): Promise<void> {
  // Where each person works with their own grant, an account lives as long as anybody's.
  const isPersonal = sql<boolean>`account.crm = any(${[...personal]}::text[])`;
  const isUsed = sql<boolean>`(${hasGrant} or (${isPersonal} and ${hasAnyGrant}))`;
  const account = database.updateTable('account').where('id', '=', accountId);
  await account
    .set({ state: 'active', silentSince: null })
    .where('state', '=', 'needs-reauth')
    .where(hasGrant)
    .execute();
  await account
    .set({ state: 'needs-reauth' })
    .where('state', 'in', ['pending', 'active'])
    .where(sql<boolean>`not ${hasGrant}`)
    .execute();
  await account
    .set({
      silentSince: sql<Date | null>`case when ${isUsed} then null else coalesce(silent_since, ${now}::timestamptz) end`,
    })
    .where('state', '=', 'needs-reauth')
    .execute();
  // The hooks of such a CRM belong to the administrator whose grant made them, who may be another one now.
  await account.set({ hooksKeptAt: null }).where('state', '=', 'active').where(isPersonal).execute();
}

/** The last of its people has taken back what they gave us: it has left. */
export async function abandoned(database: Database, accountId: string, now: Date): Promise<void> {
  await database
    .updateTable('account')
    .set({ state: 'disabled', leftAt: leftAt(now) })
    .where('id', '=', accountId)
    .where('state', '!=', 'purged')
    .where(sql<boolean>`not ${hasAnyGrant}`)
    .execute();
}

/** The CRM has told so, and takes no grant any more. Not when somebody has installed us again meanwhile. */
export async function disabled(database: Database, accountId: string, now: Date): Promise<void> {
  await database
    .updateTable('account')
    .set({ state: 'disabled', disableToldAt: null, leftAt: leftAt(now) })
    .where('id', '=', accountId)
    .where('disableToldAt', 'is not', null)
    .where(sql<boolean>`not ${hasGrant}`)
    .execute();
}

export type Standing = {
  readonly state: string;
  /** When everything that is kept goes, if nothing changes; ISO 8601. */
  readonly goesAt: string | null;
};

export async function standingOf(database: Database, accountId: string): Promise<Standing> {
  const { state, leftAt, silentSince } = await database
    .selectFrom('account')
    .select(['state', 'leftAt', 'silentSince'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const ends = [
    ...(leftAt ? [daysAfter(leftAt, KEPT_DAYS)] : []),
    ...(silentSince ? [daysAfter(silentSince, SILENT_DAYS)] : []),
  ].map(end => end.toISOString());
  return { state, goesAt: ends.sort()[0] ?? null };
}
