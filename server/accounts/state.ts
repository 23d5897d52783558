/**
 * The state of an account:
 * - `pending`: a page's token has proven that it exists, and no administrator has given us access yet
 * - `active`: an administrator's grant is valid
 * - `needs-reauth`: no grant is valid any more; an administrator has to give access again
 * - `disabled`: the account has disabled us; everything is restored by the next Install, until it is purged
 * - `purged`: nothing is left but the account's number
 */
import { sql } from 'kysely';
import type { CrmName } from '../caller.ts';
import type { Database } from '../store/database.ts';

const DAY_MILLISECONDS = 86_400_000;
/** How long everything is kept after an account has left. */
export const KEPT_DAYS = 30;
/** How long it is kept after the last grant has ended: the CRM does not report that an account was deleted. */
export const SILENT_DAYS = 90;

export const daysAfter = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MILLISECONDS);

/** The first time that it left counts. */
const leftAt = (now: Date) => sql<Date>`coalesce(account.left_at, ${now}::timestamptz)`;

const hasGrant = sql<boolean>`exists (
  select from crm_grant where account_id = account.id and is_admin and not is_dead
)`;

const hasAnyGrant = sql<boolean>`exists (select from crm_grant where account_id = account.id and not is_dead)`;
const hasChat = sql<boolean>`exists (select from chat_connection where account_id = account.id)`;

/** `personal`: the CRMs in which each employee gives a grant of their own. */
export type Circumstances = { readonly now: Date; readonly personal: readonly CrmName[] };

/**
 * An employee has given us a grant, so the account is back from any state. An administrator's grant also stops the
 * purge of an account that has left. Another employee's stops it only if all people had uninstalled us, not if an
 * administrator had disconnected the chat service.
 */
export async function reopen(
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

/** An administrator has disconnected the chat service. */
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

/** Updates the state after a grant was given or has ended. */
export async function updateState(
  database: Database,
  accountId: string,
  { now, personal }: Circumstances,
): Promise<void> {
  // If each person works with their own grant, an account stays active as long as there is any valid grant.
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

/** The account has left if the last of its people has taken their grant back. */
export async function leaveIfAbandoned(database: Database, accountId: string, now: Date): Promise<void> {
  await database
    .updateTable('account')
    .set({ state: 'disabled', leftAt: leftAt(now) })
    .where('id', '=', accountId)
    .where('state', '!=', 'purged')
    .where(sql<boolean>`not ${hasAnyGrant}`)
    .execute();
}

/** The CRM has reported it and accepts no grant any more. Does nothing if we were installed again in the meantime. */
export async function markDisabled(database: Database, accountId: string, now: Date): Promise<void> {
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
  /** When everything that is kept is deleted, if nothing changes; ISO 8601. */
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
