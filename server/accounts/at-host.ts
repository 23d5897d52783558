/** Whose pages are at an address of the CRM now. */
import type { Account } from '../call.ts';
import type { Caller } from '../caller.ts';
import type { Database } from '../store/database.ts';
import { movedTo } from './renewal.ts';

/** `callerAt`: whom the request's token proves to call from there; throws where it proves nobody. */
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

  /** An account that has another address by now: its token is signed, so it proves both. */
  async function movedHere(request: Request, host: string): Promise<Account | undefined> {
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
    await movedTo(database, { accountId: row.id }, host);
    return accountAt(host);
  }

  return async (request, host) => (await accountAt(host)) ?? movedHere(request, host);
}
