/**
 * Of which clients and deals we told the chat service, and which of their phone numbers became identities there. Whom we
 * never told of is never changed or deleted there.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../store/database.ts';

/** "contact 501", "deal 9001" */
export type CopyName = `${'contact' | 'deal'} ${string}`;

export type Copies = {
  /** The phone numbers that were told; null for whom we never told of. */
  readonly numbersOf: (accountId: string, name: CopyName) => Promise<readonly string[] | null>;
  readonly told: (accountId: string, name: CopyName, numbers: readonly string[]) => Promise<void>;
  /** These are ours from now on: nothing is known of their numbers. */
  readonly adopt: (accountId: string, names: readonly string[]) => Promise<void>;
  /** Those of them that we have told of. */
  readonly known: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
};

const numbers = v.array(v.string());
const PART = 1000;

export const copiesIn = (database: Database): Copies => ({
  async numbersOf(accountId, name) {
    const row = await database
      .selectFrom('chatCopy')
      .select('numbers')
      .where('accountId', '=', accountId)
      .where('name', '=', name)
      .executeTakeFirst();
    return row ? v.parse(numbers, row.numbers) : null;
  },
  async told(accountId, name, given) {
    await database
      .insertInto('chatCopy')
      .values({ accountId, name, numbers: JSON.stringify(given) })
      .onConflict(conflict =>
        conflict.columns(['accountId', 'name']).doUpdateSet({
          numbers: JSON.stringify(given),
          sentAt: sql<Date>`now()`,
        }),
      )
      .execute();
  },
  async adopt(accountId, names) {
    for (let at = 0; at < names.length; at += PART)
      await sql`
        insert into chat_copy (account_id, name, numbers)
        select ${accountId}::bigint, name, '[]' from unnest(${names.slice(at, at + PART)}::text[]) as name
        on conflict do nothing
      `.execute(database);
  },
  async known(accountId, names) {
    if (names.length === 0) return [];
    const rows = await database
      .selectFrom('chatCopy')
      .select('name')
      .where('accountId', '=', accountId)
      .where('name', '=', sql<string>`any(${[...new Set(names)]}::text[])`)
      .execute();
    return rows.map(({ name }) => name);
  },
});
