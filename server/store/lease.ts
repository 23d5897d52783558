/**
 * Mutual exclusion across instances for work that asks another service, during which no transaction can stay open. A row names
 * the holder and the expiry. Each new holder gets a higher fence, so a holder that was suspended for too long finds out that it
 * lost the lease before it writes.
 */
import { sql } from 'kysely';
import { sleep } from './sleep.ts';
import type { Database } from './database.ts';

/** Longer than all that one request of a page may ask (gateway/service.ts), so a lease is never renewed. */
const LEASE_SECONDS = 30;
/** The longest write plus a margin. With less time left than this, the write is not started. */
const WRITE_SECONDS = 18;
/** The pause between two attempts is random, so that waiters do not retry in step. */
const RETRY_MILLISECONDS = [20, 80] as const;

/**
 * Runs `work` while no other caller has the lease `name`. Rejects when `patience` aborts before the work has started. `isMine`
 * resolves to true when the lease lasts long enough for a write. Call it last, right before the write.
 */
export type WithLease = <T>(
  name: string,
  work: (isMine: () => Promise<boolean>) => Promise<T>,
  patience: AbortSignal,
) => Promise<T>;

export const leasesIn =
  (database: Database): WithLease =>
  async (name, work, patience) => {
    const fence = await acquired(database, name, patience);
    const isMine = async (): Promise<boolean> => {
      const found = await database
        .selectFrom('lease')
        .select('fence')
        .where('name', '=', name)
        .where('fence', '=', fence)
        .where('until', '>', sql<Date>`now() + make_interval(secs => ${WRITE_SECONDS})`)
        .executeTakeFirst();
      return found !== undefined;
    };
    try {
      return await work(isMine);
    } finally {
      // Waiters get the lease at once. If this write fails, the lease expires by itself.
      await database
        .updateTable('lease')
        .set({ until: sql<Date>`now()` })
        .where('name', '=', name)
        .where('fence', '=', fence)
        .execute()
        .catch(() => undefined);
    }
  };

async function acquired(database: Database, name: string, patience: AbortSignal): Promise<string> {
  for (;;) {
    patience.throwIfAborted();
    const until = sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`;
    const taken = await database
      .insertInto('lease')
      .values({ name, fence: '1', until })
      .onConflict(conflict =>
        conflict
          .column('name')
          .doUpdateSet({ fence: sql<string>`lease.fence + 1`, until })
          .where('lease.until', '<=', sql<Date>`now()`),
      )
      .returning('fence')
      .executeTakeFirst();
    if (taken) return taken.fence;
    const [least, most] = RETRY_MILLISECONDS;
    await sleep(least + Math.random() * (most - least), patience);
  }
}
