/**
 * Work that is done in order: one lane a client, one worker at a time, whoever dies. A hint says that something about the
 * client may have changed, and nothing more; hints of one client that nobody has looked at yet are one. What a worker reads is
 * newer than every hint that it answers, so a lane is done up to the hint that was there when it was taken.
 *
 * Rows are looked for with SKIP LOCKED and along an index, so a hundred thousand that wait cost no more than a thousand.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

export type Lane = {
  readonly accountId: string;
  /** "contact 501" */
  readonly name: string;
  /** Up to which hint it was taken. */
  readonly wanted: number;
  /** Whoever takes the lane later has a higher one; what an earlier worker reports then counts for nothing. */
  readonly fence: number;
  readonly attempts: number;
};

/** What somebody waits for goes before what is looked through in passing. */
export type Urgency = 'live' | 'sweep';

export type DeadLane = Pick<Lane, 'accountId' | 'name'> & { readonly reason: string; readonly at: Date };

export type Lanes = {
  readonly hint: (accountId: string, names: readonly string[], urgency: Urgency) => Promise<void>;
  /**
   * Of as many accounts as asked for, one lane each, and of none that are busy: a thousand clients of one account hold up
   * nobody else. Accounts after this one come first, then those before it. Whoever takes a lane has a minute.
   */
  readonly take: (
    afterAccount: string,
    most: number,
    busyAccounts?: readonly string[],
  ) => Promise<readonly Lane[]>;
  /** One lane of each of these accounts that somebody waits for. */
  readonly takeLive: (accounts: readonly string[]) => Promise<readonly Lane[]>;
  /** Tells the listeners of live hints that came with another statement (`hinting`). */
  readonly announce: (accountIds: readonly string[]) => void;
  /** The listener gets the account of each hint through this instance that somebody waits for. */
  readonly listen: (listener: (accountId: string) => void) => () => void;
  /** This one, due or not; null while somebody is at it, or it waits before it is tried again. */
  readonly takeOne: (accountId: string, name: string) => Promise<Lane | null>;
  readonly done: (lane: Lane) => Promise<void>;
  /** Tried again later and later; after ten tries it is dead, until somebody asks for it again. */
  readonly failed: (lane: Lane, reason: string) => Promise<void>;
  /** Without a try being counted: the service cannot be asked now. */
  readonly later: (lane: Lane, seconds: number) => Promise<void>;
  readonly dead: (accountId: string) => Promise<readonly DeadLane[]>;
  readonly revive: (accountId: string) => Promise<void>;
  /** What has been done for a week. */
  readonly forget: () => Promise<void>;
};

const MINUTE_SECONDS = 60;
const MOST_ATTEMPTS = 10;
const LONGEST_WAIT_SECONDS = 600;
const KEPT_DAYS = 7;
const KEPT_DEAD_DAYS = 30;
const URGENCIES: Readonly<Record<Urgency, number>> = { live: 0, sweep: 1 };
/** Long lists are hinted in parts: a statement has room for that many. */
const PART = 1000;

/**
 * Hints the lanes that `rows` selects as account_id and name. A statement of its own for whoever clears what the hint stands for
 * in the same one, so that no crash falls between the two.
 */
export const hinting = (rows: RawBuilder<unknown>, urgency: Urgency): RawBuilder<unknown> => {
  const level = URGENCIES[urgency];
  return sql`
    insert into lane (account_id, name, urgency)
    select account_id, name, ${level} from (${rows}) as hinted
    -- Otherwise two hints with the same names in another order wait for each other.
    order by account_id, name
    on conflict (account_id, name) do update set
      wanted = lane.wanted + 1,
      urgency = case when lane.wanted > lane.done then least(lane.urgency, ${level}) else ${level} end,
      -- Whoever is at it, or waits before they try again, keeps their time.
      due_at = case when lane.wanted > lane.done and lane.dead_at is null then lane.due_at else now() end,
      attempts = case when lane.dead_at is null then lane.attempts else 0 end,
      -- Of the oldest hint that nobody has answered: how late a lane is counts from there.
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

/** Those that wait before they are tried again take nobody's place. */
const IS_DUE = sql`wanted > done and dead_at is null and due_at <= now()`;

/** Those that were picked are their worker's for a minute. */
const TAKEN = sql`
  update lane set fence = fence + 1, due_at = now() + make_interval(secs => ${MINUTE_SECONDS})
  from picked where lane.account_id = picked.account_id and lane.name = picked.name
  returning lane.account_id as "accountId", lane.name, wanted, fence, attempts
`;

/** Goes from account to account along the index, and looks at none of their other lanes. */
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
