import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';

const HOUR_SECONDS = 3600;

/** How many claims this person has made within an hour. Unix seconds. */
export async function countRecentClaims(
  within: Transaction<Tables>,
  accountId: string,
  employeeId: string,
  seconds: number,
): Promise<number> {
  const { lately } = await within
    .selectFrom('claim')
    .select(({ fn }) => fn.countAll<string>().as('lately'))
    .where('accountId', '=', accountId)
    .where('employeeId', '=', employeeId)
    .where('kind', '=', 'press')
    .where('heardAt', '>', seconds - HOUR_SECONDS)
    .executeTakeFirstOrThrow();
  return Number(lately);
}
