/**
 * A queue of work that must be done in order. Each client has one lane, and only one worker at a time processes a lane, even
 * when workers die. A hint says only that something about the client may have changed; hints that no worker has picked up yet
 * are merged into one. A worker reads newer facts than every hint it answers, so a lane is done up to the hint that was the
 * latest when the lane was taken.
 *
 * Rows are found with SKIP LOCKED along an index, so a hundred thousand waiting lanes cost no more than a thousand.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

export type Lane = {
  readonly accountId: string;
  /** For example "contact 501". */
  readonly name: string;
  /** The number of the latest hint when the lane was taken. */
  readonly wanted: number;
  /** Grows each time the lane is taken. Reports with an older fence are ignored. */
  readonly fence: number;
  readonly attempts: number;
};

/** Work that a person waits for (`live`) comes before work found by a scan (`sweep`). */
export type Urgency = 'live' | 'sweep';

export type DeadLane = Pick<Lane, 'accountId' | 'name'> & { readonly reason: string; readonly at: Date };

export type Lanes = {
  readonly hint: (accountId: string, names: readonly string[], urgency: Urgency) => Promise<void>;
  /**
   * Takes one lane from each of up to `most` accounts, skipping `busyAccounts`, so a thousand clients of one account do not
   * delay the others. Accounts after `afterAccount` come first, then the ones before it. The worker has a minute for each lane.
   */
  readonly take: (
    afterAccount: string,
    most: number,
    busyAccounts?: readonly string[],
  ) => Promise<readonly Lane[]>;
  /** Takes one live lane from each of these accounts. */
  readonly takeLive: (accounts: readonly string[]) => Promise<readonly Lane[]>;
  /** Notifies the listeners of live hints that another statement has made (see `hinting`). */
  readonly announce: (accountIds: readonly string[]) => void;
  /** Calls the listener with the account of each live hint that is made through this instance. */
  readonly listen: (listener: (accountId: string) => void) => () => void;
  /** Takes this lane, even when no work is due. Null while another worker has it or it waits for a retry. */
  readonly takeOne: (accountId: string, name: string) => Promise<Lane | null>;
  readonly done: (lane: Lane) => Promise<void>;
  /** Retries with growing delays. After ten attempts the lane is dead until it is hinted or revived. */
  readonly failed: (lane: Lane, reason: string) => Promise<void>;
  /** Postpones the lane without counting an attempt, when the service cannot be asked now. */
  readonly later: (lane: Lane, seconds: number) => Promise<void>;
  readonly dead: (accountId: string) => Promise<readonly DeadLane[]>;
  readonly revive: (accountId: string) => Promise<void>;
  /** Deletes lanes that have been done for a week or dead for a month. */
  readonly forget: () => Promise<void>;
};

const MINUTE_SECONDS = 60;
const MOST_ATTEMPTS = 10;
const LONGEST_WAIT_SECONDS = 600;
const KEPT_DAYS = 7;
const KEPT_DEAD_DAYS = 30;
const URGENCIES: Readonly<Record<Urgency, number>> = { live: 0, sweep: 1 };
/** Long lists are hinted in parts of this many names, to limit the size of a statement. */
const PART = 1000;

/**
 * An SQL statement that adds a hint to the lanes selected by `rows` as account_id and name. Callers put it into the statement
 * that clears the cause of the hint, so that no crash can come between the two.
 */
export const hinting = (rows: RawBuilder<unknown>, urgency: Urgency): RawBuilder<unknown> => {
  const level = URGENCIES[urgency];
  return sql`
    insert into lane (account_id, name, urgency)
    select account_id, name, ${level} from (${rows}) as hinted
    -- Sorted, because two statements that hint the same names in different order would deadlock.
    order by account_id, name
    on conflict (account_id, name) do update set
      wanted = lane.wanted + 1,
      urgency = case when lane.wanted > lane.done then least(lane.urgency, ${level}) else ${level} end,
      -- A lane that a worker has, or that waits for a retry, keeps its due time.
      due_at = case when lane.wanted > lane.done and lane.dead_at is null then lane.due_at else now() end,
      attempts = case when lane.dead_at is null then lane.attempts else 0 end,
      -- Keeps the time of the oldest unanswered hint, because a lane's delay is measured from it.
      hinted_at = case when lane.wanted > lane.done and lane.dead_at is null then lane.hinted_at else now() end,
      dead_at = null
  `;
};

export function lanesIn(database: Database): Lanes {
  const listeners = new Set<(accountId: string) => void>();
  return {
    async hint(accountId, names, urgency) {
      const distinct = [...new Set(names)];
      for (let at = 0; at < distinct.length; at += PART) {
        const part = distinct.slice(at, at + PART);
        const rows = sql`select ${accountId}::bigint as account_id, name from unnest(${part}::text[]) as name`;
        await hinting(rows, urgency).execute(database);
      }
      if (urgency === 'live' && distinct.length > 0) listeners.forEach(listener => listener(accountId));
    },
    announce: accountIds => accountIds.forEach(id => listeners.forEach(listener => listener(id))),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async takeLive(accounts) {
      const { rows } = await sql<Lane>`
      with picked as (
        select one.* from unnest(${accounts}::bigint[]) as wanted(account) cross join lateral (
          select account_id, name from lane
          where ${IS_DUE} and urgency = ${URGENCIES.live} and lane.account_id = wanted.account
          order by due_at limit 1 for update skip locked
        ) as one
      ) ${TAKEN}
    `.execute(database);
      return rows;
    },
    async take(afterAccount, most, busyAccounts = []) {
      if (most === 0) return [];
      const first = await takenAfter(database, afterAccount, most, busyAccounts);
      if (first.length === most || afterAccount === '0') return first;
      const busy = [...busyAccounts, ...first.map(({ accountId }) => accountId)];
      return [...first, ...(await takenAfter(database, '0', most - first.length, busy))];
    },
    async takeOne(accountId, name) {
      const { rows } = await sql<Lane>`
      update lane set fence = fence + 1, due_at = now() + make_interval(secs => ${MINUTE_SECONDS}),
        wanted = case when wanted = done then wanted + 1 else wanted end
      where account_id = ${accountId} and name = ${name} and dead_at is null and (wanted = done or due_at <= now())
      returning account_id as "accountId", name, wanted, fence, attempts
    `.execute(database);
      return rows[0] ?? null;
    },
    async done({ accountId, name, wanted, fence }) {
      await sql`
      update lane set done = ${wanted}, attempts = 0, reason = null, due_at = now(),
        hinted_at = case when wanted > ${wanted} then now() else hinted_at end
      where account_id = ${accountId} and name = ${name} and fence = ${fence}
    `.execute(database);
    },
    async failed({ accountId, name, fence, attempts }, reason) {
      const wait = Math.min(2 ** attempts, LONGEST_WAIT_SECONDS);
      const dead = attempts + 1 >= MOST_ATTEMPTS ? sql`now()` : sql`null`;
      await sql`
      update lane set attempts = attempts + 1, reason = ${reason}, dead_at = ${dead},
        due_at = now() + make_interval(secs => ${wait})
      where account_id = ${accountId} and name = ${name} and fence = ${fence}
    `.execute(database);
    },
    async later({ accountId, name, fence }, seconds) {
      await sql`
      update lane set due_at = now() + make_interval(secs => ${seconds})
      where account_id = ${accountId} and name = ${name} and fence = ${fence}
    `.execute(database);
    },
    async dead(accountId) {
      const { rows } = await sql<DeadLane>`
      select account_id as "accountId", name, reason, dead_at as at from lane
      where account_id = ${accountId} and dead_at is not null order by dead_at desc limit 100
    `.execute(database);
      return rows;
    },
    async revive(accountId) {
      await sql`
      update lane set dead_at = null, attempts = 0, due_at = now(), hinted_at = now()
      where account_id = ${accountId} and dead_at is not null
    `.execute(database);
    },
    async forget() {
      await sql`
      delete from lane where wanted = done and hinted_at < now() - make_interval(days => ${KEPT_DAYS})
        or dead_at < now() - make_interval(days => ${KEPT_DEAD_DAYS})
    `.execute(database);
    },
  };
}

/** Excludes lanes that wait for a retry, so that they take no other lane's place. */
const IS_DUE = sql`wanted > done and dead_at is null and due_at <= now()`;

/** Gives the picked lanes to the worker for a minute. */
const TAKEN = sql`
  update lane set fence = fence + 1, due_at = now() + make_interval(secs => ${MINUTE_SECONDS})
  from picked where lane.account_id = picked.account_id and lane.name = picked.name
  returning lane.account_id as "accountId", lane.name, wanted, fence, attempts
`;

/** Jumps from account to account along the index without reading the rest of an account's lanes. */
async function takenAfter(
  database: Database,
  afterAccount: string,
  most: number,
  busyAccounts: readonly string[],
): Promise<readonly Lane[]> {
  const isNext = sql`${IS_DUE} and lane.account_id <> all(${busyAccounts}::bigint[])`;
  const { rows } = await sql<Lane>`
    with recursive waiting as (
      (select account_id, 1 as place from lane where ${isNext} and account_id > ${afterAccount}::bigint
        order by account_id limit 1)
      union all
      select (select lane.account_id from lane where ${isNext} and lane.account_id > waiting.account_id
        order by lane.account_id limit 1), place + 1
      from waiting where waiting.account_id is not null and place < ${most}
    ), picked as (
      select one.* from waiting cross join lateral (
        select account_id, name from lane
        where ${IS_DUE} and lane.account_id = waiting.account_id
        order by urgency, due_at limit 1 for update skip locked
      ) as one
    )
    ${TAKEN}
  `.execute(database);
  return rows;
}
