/**
 * How fast the server asks others, across its instances: a row holds when the next request of its name may leave (GCRA). One
 * statement takes the next place in line. Requests leave evenly and not in bursts, since both services count within any second.
 */
import { sql } from 'kysely';
import type { Database } from './database.ts';

export type Pace = {
  /**
   * For how many milliseconds to wait before one may leave; null when its turn comes after `patience`: then no place is taken.
   * After a pause, `atOnce` more may leave together.
   */
  readonly place: (
    name: string,
    perSecond: number,
    patience: number,
    atOnce?: number,
  ) => Promise<number | null>;
  /** Nothing of this name leaves for so long. */
  readonly hold: (name: string, milliseconds: number) => Promise<void>;
  /** How many names with this beginning are held for longer than that from now. */
  readonly countHeld: (beginning: string, milliseconds: number) => Promise<number>;
  /** Rows whose time is over say nothing. */
  readonly forget: () => Promise<void>;
};

/** The wall's time and not that of the transaction: whoever waited for the row would else take a place in the past. */
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
