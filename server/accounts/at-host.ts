/** Finds the account that is currently at a host of the CRM. */
import type { Account } from '../call.ts';
import type { Caller } from '../caller.ts';
import type { Database } from '../store/database.ts';
import { moveTo } from './renewal.ts';

/** `callerAt` returns the caller that the request's token proves, and throws if it proves none. */
export function accountsAtHosts(
  database: Database,
  callerAt: (request: Request, host: string) => Promise<Caller>,
): (request: Request, host: string) => Promise<Account | undefined> {
  const accountAt = (host: string): Promise<Account | undefined> =>
    database
      .selectFrom('account')
      .select(['id', 'crmAccountId', 'host'])
      .where('host', '=', host)
      .where('state', 'not in', ['disabled', 'purged'])
      .executeTakeFirst();

  /** Finds an account whose host has changed. The signed token proves both the account and its new host. */
  async function accountMovedTo(request: Request, host: string): Promise<Account | undefined> {
    const caller = await callerAt(request, host).catch(() => null);
    if (!caller) return undefined;
    const row = await database
      .selectFrom('account')
      .select('id')
      .where('crm', '=', caller.account.crm)
      .where('crmAccountId', '=', caller.account.id)
      .where('state', 'not in', ['pending', 'disabled', 'purged'])
      .executeTakeFirst();
    if (!row) return undefined;
    await moveTo(database, { accountId: row.id }, host);
    return accountAt(host);
  }

  return async (request, host) => (await accountAt(host)) ?? accountMovedTo(request, host);
}
