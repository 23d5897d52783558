/**
 * Deletes everything stored for an account once its time is over: thirty days after it left, ninety days after its last grant
 * ended. A purge deletes in pieces and marks the account last, so the next purge finishes one that died midway.
 */
import { sql, type ExpressionBuilder } from 'kysely';
import { daysAfter, KEPT_DAYS, SILENT_DAYS } from '../accounts/state.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

/** Every table with rows of an account, and the word for its contents in what administrators are shown. */
export const KEPT = {
  chatConnection: 'chat-key',
  chatChannel: 'chat-key',
  partnerGrant: 'chat-key',
  crmGrant: 'grants',
  journey: 'journeys',
  ownSettings: 'settings',
  change: 'history',
  lane: 'clients-to-look-at',
  chatCopy: 'clients-told-of',
  claim: 'claims',
  claimedClient: 'claims',
  crmOwnerEvent: 'claims',
  heardOwner: 'claims',
  alarm: 'alarms',
} as const satisfies Partial<Record<keyof Tables, string>>;
export type KeptTable = keyof typeof KEPT;
export const KEPT_TABLES = Object.keys(KEPT).filter((name): name is KeptTable => name in KEPT);

/** Small enough not to block other queries. */
const PIECE = 1000;

export type Purges = {
  /** Ids of the accounts whose time is over. */
  readonly due: () => Promise<readonly string[]>;
  /** Stops deleting when the account has come back meanwhile. */
  readonly purge: (accountId: string) => Promise<void>;
};

export function createPurges({
  database,
  seal,
  now,
}: {
  readonly database: Database;
  readonly seal: Pick<AccountSeal, 'forget'>;
  readonly now: () => Date;
}): Purges {
  const isOver = ({ or, eb }: ExpressionBuilder<Tables, 'account'>) =>
    or([
      eb('leftAt', '<=', daysAfter(now(), -KEPT_DAYS)),
      eb('silentSince', '<=', daysAfter(now(), -SILENT_DAYS)),
    ]);
  const leaving = (accountId: string) =>
    database.selectFrom('account').select('id').where('id', '=', accountId).where(isOver);

  async function deletePiece(table: KeptTable, accountId: string): Promise<bigint> {
    // An Install that arrives now waits for this piece, and the next piece sees it.
    const locked = leaving(accountId).forShare();
    const rows = database
      .selectFrom(table)
      .select(sql<string>`ctid`.as('ctid'))
      .where('accountId', 'in', locked)
      .limit(PIECE);
    const { numDeletedRows } = await database
      .deleteFrom(table)
      .where(sql`ctid`, 'in', rows)
      .executeTakeFirst();
    return numDeletedRows;
  }

  return {
    async due() {
      const rows = await database
        .selectFrom('account')
        .select('id')
        .where(isOver)
        .where('state', '!=', 'purged')
        .execute();
      return rows.map(({ id }) => id);
    },
    async purge(accountId) {
      for (const table of KEPT_TABLES) while ((await deletePiece(table, accountId)) > 0n);
      // The account's row is deleted too, with its data key, so that no column can be forgotten. It is replaced by a row with
      // only the account's CRM and number.
      await database.transaction().execute(async within => {
        const deleted = await within
          .deleteFrom('account')
          .where('id', '=', accountId)
          .where(isOver)
          .returning(['crm', 'crmAccountId'])
          .executeTakeFirst();
        if (deleted)
          await within
            .insertInto('account')
            .values({ ...deleted, state: 'purged' })
            .execute();
      });
      seal.forget(accountId);
    },
  };
}
