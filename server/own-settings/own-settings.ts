/**
 * Settings that an account's admins make for all of its employees: stand-in owners, rules for taking clients, newcomers' roles,
 * default channels. There is one row per account. Every write has to name the row's version, so two admins cannot overwrite
 * each other. A change and its row in the history are one transaction.
 */
import type { Account } from '../caller.ts';
import { accountRow } from '../store/account-row.ts';
import { noted } from '../history/change.ts';
import type { Database } from '../store/database.ts';

export type StoredOwnSettings = {
  /** "0" until settings are saved for the first time. */
  readonly version: string;
  readonly settings: object | null;
};

export type OwnSettingsChange = {
  readonly account: Account;
  readonly employeeId: string;
  readonly origin: string | null;
  /** The version that the change is based on. */
  readonly expected: string;
  readonly settings: object;
};

export type OwnSettings = {
  readonly read: (account: Account) => Promise<StoredOwnSettings>;
  /** Returns what is stored afterwards; `null` when the stored version is not the expected one. */
  readonly write: (change: OwnSettingsChange) => Promise<StoredOwnSettings | null>;
};

export const NOTHING_STORED: StoredOwnSettings = { version: '0', settings: null };

export const ownSettingsIn = (database: Database): OwnSettings => ({
  async read({ crm, id }) {
    const row = await database
      .selectFrom('ownSettings')
      .innerJoin('account', 'account.id', 'ownSettings.accountId')
      .select(['version', 'settings'])
      .where('account.crm', '=', crm)
      .where('account.crmAccountId', '=', id)
      .executeTakeFirst();
    return row ? stored(row) : NOTHING_STORED;
  },
  async write({ account, employeeId, origin, expected, settings }) {
    const accountId = await accountRow(database, account);
    return database.transaction().execute(async transaction => {
      const row = await transaction
        .selectFrom('ownSettings')
        .select(['version', 'settings'])
        .where('accountId', '=', accountId)
        .forUpdate()
        .executeTakeFirst();
      const before = row ? stored(row) : NOTHING_STORED;
      if (before.version !== expected) return null;
      const text = JSON.stringify(settings);
      if (text === row?.settings) return before;
      const written = row
        ? await transaction
            .updateTable('ownSettings')
            .set({ settings: text, version: row.version + 1 })
            .where('accountId', '=', accountId)
            .returning(['version', 'settings'])
            .executeTakeFirst()
        : await transaction
            .insertInto('ownSettings')
            .values({ accountId, settings: text, version: 1 })
            // Another admin was faster with the first version.
            .onConflict(conflict => conflict.column('accountId').doNothing())
            .returning(['version', 'settings'])
            .executeTakeFirst();
      if (!written) return null;
      await noted(transaction, accountId, {
        employeeId,
        origin,
        what: 'own-settings',
        before: before.settings,
        after: settings,
      });
      return stored(written);
    });
  },
});

const stored = ({ version, settings }: { version: number; settings: string }): StoredOwnSettings => ({
  version: String(version),
  settings: Object(JSON.parse(settings)),
});
