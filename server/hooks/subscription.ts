/**
 * Each account has a secret address that its CRM calls, because not every CRM signs its calls. The address is stored
 * sealed, because it is needed to find a subscription in the CRM or to create it again. Calls are matched by the digest of
 * the secret.
 */
import { sql } from 'kysely';
import type { CrmOf } from '../crm/by-account.ts';
import type { Database } from '../store/database.ts';
import { digestOf } from '../store/digest.ts';
import type { AccountSeal, OfAccount } from '../store/account-seal.ts';

export type Subscriptions = {
  /** The account with this secret. */
  readonly accountOf: (
    secret: string,
  ) => Promise<{ readonly id: string; readonly crm: string; readonly crmAccountId: string } | null>;
  /** Accounts whose subscription was not checked for a day. */
  readonly due: () => Promise<readonly string[]>;
  /** Subscribes if there is no subscription, or if it was disabled. */
  readonly keep: (accountId: string, leaving: AbortSignal) => Promise<void>;
};

/** The start of the address. The name of the API and the secret follow, which logs must not contain. */
export const HOOKS = '/hooks';
/** Kommo has amoCRM's API. */
const folderOf = (crm: string): string => (crm === 'kommo' ? 'amocrm' : crm);

export const hookBoundTo = (accountId: string): OfAccount => ({
  accountId,
  boundTo: `crm-hook ${accountId}`,
});

export function createSubscriptions(given: {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly crmOf: CrmOf;
  /** This server's own origin: https://chat.example.com */
  readonly origin: string;
}): Subscriptions {
  const { database, seal, crmOf, origin } = given;

  async function destinationOf(accountId: string): Promise<string> {
    const kept = () =>
      database
        .selectFrom('account')
        .select(['crm', 'sealedHook'])
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
    if ((await kept()).sealedHook === null) {
      const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
      await database
        .updateTable('account')
        .set({
          sealedHook: await seal.seal(secret, hookBoundTo(accountId)),
          hookDigest: digestOf(secret),
        })
        .where('id', '=', accountId)
        .where('sealedHook', 'is', null)
        .execute();
    }
    // Another instance may have stored its own secret first.
    const { crm, sealedHook } = await kept();
    const secret = await seal.open(sealedHook ?? '', hookBoundTo(accountId));
    return `${origin}${HOOKS}/${folderOf(crm)}/${secret}`;
  }

  return {
    async accountOf(secret) {
      const row = await database
        .selectFrom('account')
        .select(['id', 'crm', 'crmAccountId'])
        .where('hookDigest', '=', digestOf(secret))
        .executeTakeFirst();
      return row ?? null;
    },
    async due() {
      const rows = await database
        .selectFrom('account')
        .select('id')
        .where('state', '=', 'active')
        .where(({ or, eb }) =>
          or([eb('hooksKeptAt', 'is', null), eb('hooksKeptAt', '<', sql<Date>`now() - interval '1 day'`)]),
        )
        .limit(1000)
        .execute();
      return rows.map(({ id }) => id);
    },
    async keep(accountId, leaving) {
      const { hooks } = await crmOf(accountId);
      const destination = await destinationOf(accountId);
      const kept = await hooks.keep(accountId, destination, leaving);
      if (kept === 'later') return;
      // Without hooks, changes are found only in the CRM's log (follow/reconcile.ts).
      const hooksRefused = kept === 'refused';
      await database
        .updateTable('account')
        .set({ hooksKeptAt: sql<Date>`now()`, hooksRefused })
        .where('id', '=', accountId)
        .execute();
    },
  };
}
