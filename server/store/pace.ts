/**
 * Limits the rate of outgoing requests across all instances with GCRA: each name has a row with the time of its next request,
 * and one statement takes the next place in line. Requests are spread evenly instead of sent in bursts, because both services
 * count them within any one second.
 */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export type Pace = {
  /**
   * Returns how many milliseconds to wait before the request may leave. Returns null, and takes no place, when the wait would
   * be longer than `patience` milliseconds. After a pause, `atOnce` more requests may leave together.
   */
  readonly place: (
    name: string,
    perSecond: number,
    patience: number,
    atOnce?: number,
  ) => Promise<number | null>;
  /** Stops all requests of this name for this long. */
  readonly hold: (name: string, milliseconds: number) => Promise<void>;
  /** How many names with this beginning are stopped for longer than that from now. */
  readonly countHeld: (beginning: string, milliseconds: number) => Promise<number>;
  /** Deletes expired rows. */
  readonly forget: () => Promise<void>;
};

/**
 * The clock's time and not the transaction's start: a statement that waited for the row's lock would otherwise take a place in
 * the past.
 */
const NOW = sql<Date>`clock_timestamp()`;
const later = (milliseconds: number) =>
  sql<Date>`clock_timestamp() + make_interval(secs => ${milliseconds / 1000}::float8)`;

export const paceIn = (database: Database): Pace => ({
  async place(name, perSecond, patience, atOnce = 0) {
    const gap = 1000 / perSecond;
    const ahead = atOnce * gap;
    const taken = await database
      .insertInto('pace')
      .values({ name, nextAt: later(gap) })
      .onConflict(conflict =>
        conflict
          .column('name')
          .doUpdateSet({
            nextAt: sql<Date>`greatest(pace.next_at, ${NOW}) + make_interval(secs => ${gap / 1000}::float8)`,
          })
          .where('pace.nextAt', '<=', later(patience + ahead)),
      )
      .returning(sql<number>`(extract(epoch from pace.next_at - ${NOW}) * 1000)::float8`.as('untilNext'))
      .executeTakeFirst();
    return taken ? Math.max(0, taken.untilNext - gap - ahead) : null;
  },
  async hold(name, milliseconds) {
    await database
      .insertInto('pace')
      .values({ name, nextAt: later(milliseconds) })
      .onConflict(conflict =>
        conflict.column('name').doUpdateSet({ nextAt: sql<Date>`greatest(pace.next_at, excluded.next_at)` }),
      )
      .execute();
  },
  async countHeld(beginning, milliseconds) {
    const { count } = await database
      .selectFrom('pace')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where(sql<boolean>`starts_with(name, ${beginning})`)
      .where('nextAt', '>', later(milliseconds))
      .executeTakeFirstOrThrow();
    return Number(count);
  },
  async forget() {
    await database
      .deleteFrom('pace')
      .where('nextAt', '<=', sql<Date>`now()`)
      .execute();
  },
});
