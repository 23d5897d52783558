/**
 * One at a time across instances, where a transaction cannot be held because the work asks another service: a row names
 * who may, until when. Each new holder gets a higher fence, so one that slept too long finds out that it has lost its lease
 * before it writes.
 */
import { sql } from 'kysely';
import { sleep } from './sleep.ts';
import type { Database } from './database.ts';

/** Longer than everything that one request of a page may ask (gateway/service.ts), so nobody has to prolong it. */
const LEASE_SECONDS = 30;
/** What a write itself may take, and some more: with less left than that it is not begun. */
const WRITE_SECONDS = 18;
/** Between two looks whether it is free, at random so that those who wait do not ask in step. */
const LOOK_MILLISECONDS = [20, 80] as const;

/**
 * Runs `work` when nobody else holds the lease of that name, or rejects once `patience` is over and the work has not begun.
 * `isMine` tells whether the lease still holds for as long as a write takes; ask it last, right before the write.
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
      // Whoever waits gets it at once. If this fails it ends by itself.
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
    const [least, most] = LOOK_MILLISECONDS;
    await sleep(least + Math.random() * (most - least), patience);
  }
}
