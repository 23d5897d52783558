/** What is the same for all clients of an account, in one query, because it runs for every client. */
import { readOwnSettings } from '../../domain/own-settings.ts';
import { chatKeyBoundTo, type Connection } from '../connections/connection.ts';
import type { Database } from '../store/database.ts';
import type { AccountSeal } from '../store/account-seal.ts';

export type Office = {
  readonly connection: Pick<Connection, 'key'>;
  /** The CRM's origin, which has the cards: https://example.amocrm.ru */
  readonly crmOrigin: string;
  readonly country: string;
  /** Whether all clients are sent, or only those that were sent before. */
  readonly sendsAll: boolean;
  /**
   * Stand-in owners: their clients are free. The panel sends the CRM's stored settings before the chat service is
   * connected, so an account without settings has none.
   */
  readonly standInOwners: readonly string[];
};

/** Null while the account cannot be followed. */
export async function officeOf(
  database: Database,
  seal: AccountSeal,
  accountId: string,
): Promise<Office | null> {
  const found = await database
    .selectFrom('account')
    .innerJoin('chatConnection', 'chatConnection.accountId', 'account.id')
    .leftJoin('ownSettings', 'ownSettings.accountId', 'account.id')
    .select(['host', 'country', 'sealedKey', 'settings', 'clientsSentSince'])
    .where('account.id', '=', accountId)
    .where('state', '=', 'active')
    .where('keyKind', '!=', 'sidecar')
    .executeTakeFirst();
  if (!found || found.host === null) return null;
  return {
    connection: { key: await seal.open(found.sealedKey, chatKeyBoundTo(accountId)) },
    crmOrigin: `https://${found.host}`,
    country: found.country ?? '',
    sendsAll: found.clientsSentSince !== null,
    standInOwners: readOwnSettings(found.settings ?? '{}').standInOwners,
  };
}
