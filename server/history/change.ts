/**
 * The history of changes: what was changed, by whom, from what to what. A row is written as intended before the change is sent,
 * and settled when its outcome is known. So a change that was made while an instance died is never missing from the history.
 */
import type { Account } from '../caller.ts';
import { accountRow } from '../store/account-row.ts';
import type { Database } from '../store/database.ts';
import { sameValue } from '../store/same-value.ts';
import { differenceOf } from './difference.ts';

/**
 * - `intended`: about to be sent, or just sent
 * - `accepted`: in effect
 * - `refused`: nothing was changed
 * - `unknown`: sent, but the result could not be read back, or the instance that sent it died
 */
export type Outcome = 'intended' | 'accepted' | 'refused' | 'unknown';

export type What = 'roles' | 'own-settings' | 'chat-connection' | 'crm-grant';

export type Change = {
  readonly account: Account;
  readonly employeeId: string;
  /** The origin of the page that asked; `null` when no page did. */
  readonly origin: string | null;
  readonly what: What;
  readonly before: unknown;
  readonly after: unknown;
};

export type HistoryEntry = {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly employeeId: string;
  readonly origin: string | null;
  readonly what: string;
  readonly outcome: string;
  /** See difference.ts. */
  readonly difference: unknown;
};

export type HistoryPage = {
  /** The id of the last change that the caller has; `null` for the newest page. */
  readonly before: string | null;
  /** Only changes by this employee; `null` for changes by any employee. */
  readonly employeeId: string | null;
};

export type History = {
  /**
   * Records the intention and returns a function that settles it. Rejects when the row could not be written: then the change
   * must not be made.
   */
  readonly intend: (
    change: Change,
  ) => Promise<(outcome: Exclude<Outcome, 'intended'>, after?: unknown) => Promise<void>>;
  /** Newest first, at most fifty. */
  readonly list: (account: Account, page: HistoryPage) => Promise<readonly HistoryEntry[]>;
  /** The state before that change; `undefined` when there is no such change of this kind. */
  readonly stateBefore: (account: Account, what: What, id: string) => Promise<unknown>;
  /** Settles changes with an unknown outcome by comparing them with the current state. */
  readonly readBack: (account: Account, what: What, current: unknown) => Promise<void>;
};

const PAGE = 50;
/** Longer than any write takes. After this, the instance that made the change must have died before it could settle it. */
const LOST_MILLISECONDS = 60_000;
/** The most unsettled changes that are compared; more than one is rare. */
const MOST_OPEN = 10;

export const historyIn = (database: Database): History => ({
  async intend(change) {
    const accountId = await accountRow(database, change.account);
    const { what, before } = change;
    const { id } = await database
      .insertInto('change')
      .values({ ...rowOf(accountId, change), outcome: 'intended' })
      .returning('id')
      .executeTakeFirstOrThrow();
    return async (outcome, readBack) => {
      await database
        .updateTable('change')
        .set({
          outcome,
          settledAt: new Date(),
          ...(readBack === undefined
            ? {}
            : {
                after: JSON.stringify(readBack),
                difference: JSON.stringify(differenceOf(what, before, readBack)),
              }),
        })
        .where('id', '=', id)
        .where('outcome', '=', 'intended')
        .execute();
    };
  },
  async list(account, { before, employeeId }) {
    const rows = await ofAccount(database, account)
      .select(['change.id', 'at', 'employeeId', 'origin', 'what', 'outcome', 'difference'])
      .$if(before !== null, query => query.where('change.id', '<', before ?? ''))
      .$if(employeeId !== null, query => query.where('employeeId', '=', employeeId ?? ''))
      .orderBy('change.id', 'desc')
      .limit(PAGE)
      .execute();
    return rows.map(row => Object.assign(row, { at: row.at.toISOString(), outcome: outcomeNow(row) }));
  },
  async stateBefore(account, what, id) {
    const row = await ofAccount(database, account)
      .select('before')
      .where('change.id', '=', id)
      .where('what', '=', what)
      .executeTakeFirst();
    return row?.before;
  },
  async readBack(account, what, current) {
    const rows = await ofAccount(database, account)
      .select(['change.id', 'at', 'before', 'after', 'outcome'])
      .where('what', '=', what)
      .where('outcome', 'in', ['intended', 'unknown'])
      .orderBy('change.id', 'desc')
      .limit(MOST_OPEN)
      .execute();
    for (const { id, at, before, after, outcome } of rows) {
      // Until then it may still be under way.
      const isOver = Date.now() - at.getTime() > LOST_MILLISECONDS;
      if (outcome === 'intended' && !isOver) continue;
      // The next change has recorded the state that this one left behind.
      const next = await ofAccount(database, account)
        .select('before')
        .where('what', '=', what)
        .where('change.id', '>', id)
        .orderBy('change.id')
        .executeTakeFirst();
      const left = next ? next.before : current;
      const found = sameValue(after, left) ? 'accepted' : sameValue(before, left) && isOver && 'refused';
      if (!found) continue;
      await database
        .updateTable('change')
        .set({ outcome: found, settledAt: new Date() })
        .where('id', '=', id)
        .where('outcome', '=', outcome)
        .execute();
    }
  },
});

/** For a change in the same transaction as its row: the row is accepted, or neither exists. */
export async function noted(
  transaction: Database,
  accountId: string,
  change: Omit<Change, 'account'>,
): Promise<void> {
  await transaction
    .insertInto('change')
    .values({ ...rowOf(accountId, change), outcome: 'accepted' })
    .execute();
}

const ofAccount = (database: Database, { crm, id }: Account) =>
  database
    .selectFrom('change')
    .innerJoin('account', 'account.id', 'change.accountId')
    .where('account.crm', '=', crm)
    .where('account.crmAccountId', '=', id);

const rowOf = (accountId: string, { employeeId, origin, what, before, after }: Omit<Change, 'account'>) => ({
  accountId,
  employeeId,
  origin,
  what,
  before: JSON.stringify(before),
  after: JSON.stringify(after),
  difference: JSON.stringify(differenceOf(what, before, after)),
});

/** The outcome is shown as `intended` only for as long as the change may still be under way. */
export const outcomeNow = (
  { outcome, at }: { readonly outcome: string; readonly at: Date },
  now = Date.now(),
): string => (outcome === 'intended' && now - at.getTime() > LOST_MILLISECONDS ? 'unknown' : outcome);
