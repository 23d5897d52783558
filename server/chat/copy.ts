/**
 * Of which clients and deals we told the chat service, and which of their phone numbers became identities there. Whom we
 * never told of is never changed or deleted there.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../store/database.ts';

/** "contact 501", "deal 9001" */
export type CopyName = `${'contact' | 'deal'} ${string}`;

/** Digits only, country code first. */
export type SentNumbers = {
  /** Those that became identities because the card has them. They go when they leave the card. */
  readonly made: readonly string[];
  /** All of the card. */
  readonly phones: readonly string[];
};

/** What the chat service knows of them now. */
export type Followed =
  /** We never told of them, and leave them alone. */
  | { readonly kind: 'not-ours' }
  /** `notNumbers`: what stands in the card as a phone and is none. */
  | { readonly kind: 'known'; readonly ownerId: string; readonly notNumbers: readonly string[] }
  /** They have no number that a messenger could know. */
  | { readonly kind: 'without-number'; readonly notNumbers: readonly string[] }
  /** Nobody works with them: whoever receives new clients sees the chat. */
  | { readonly kind: 'free' }
  /** The CRM no longer has them. */
  | { readonly kind: 'gone' };

export type Copies = {
  /** Null for whom we never told of. */
  readonly numbersOf: (accountId: string, name: CopyName) => Promise<SentNumbers | null>;
  readonly record: (accountId: string, name: CopyName, numbers: SentNumbers) => Promise<void>;
  /** These are ours from now on: nothing is known of their numbers. */
  readonly adopt: (accountId: string, names: readonly string[]) => Promise<void>;
  /** Those of them that we have told of. */
  readonly known: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
  /** Those of them that are to be looked at: all where all clients are told of, otherwise those that we have told of. */
  readonly followed: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
};

const numbers = v.array(v.string());
const PART = 1000;

export function copiesIn(database: Database): Copies {
  async function known(accountId: string, names: readonly string[]): Promise<readonly string[]> {
    if (names.length === 0) return [];
    const rows = await database
      .selectFrom('chatCopy')
      .select('name')
      .where('accountId', '=', accountId)
      .where('name', '=', sql<string>`any(${[...new Set(names)]}::text[])`)
      .execute();
    return rows.map(({ name }) => name);
  }
  return {
    async numbersOf(accountId, name) {
      const row = await database
        .selectFrom('chatCopy')
        .select(['numbers', 'phones'])
        .where('accountId', '=', accountId)
        .where('name', '=', name)
        .executeTakeFirst();
      return row ? { made: v.parse(numbers, row.numbers), phones: v.parse(numbers, row.phones) } : null;
    },
    async record(accountId, name, { made, phones }) {
      const kept = { numbers: JSON.stringify(made), phones: JSON.stringify(phones) };
      await database
        .insertInto('chatCopy')
        .values({ accountId, name, ...kept })
        .onConflict(conflict =>
          conflict.columns(['accountId', 'name']).doUpdateSet({ ...kept, sentAt: sql<Date>`now()` }),
        )
        .execute();
    },
    async adopt(accountId, names) {
      for (let at = 0; at < names.length; at += PART)
        await sql`
          insert into chat_copy (account_id, name, numbers)
          select ${accountId}::bigint, name, '[]' from unnest(${names.slice(at, at + PART)}::text[]) as name
          -- Otherwise two lists with the same names in another order wait for each other.
          order by name on conflict do nothing
        `.execute(database);
    },
    known,
    async followed(accountId, names) {
      const account = await database
        .selectFrom('account')
        .select('clientsSentSince')
        .where('id', '=', accountId)
        .executeTakeFirst();
      return account?.clientsSentSince ? names : known(accountId, names);
    },
  };
}

/** Other clients of the account in whose card one of this one's numbers stands. */
export async function sharingIn(
  database: Database,
  accountId: string,
  name: CopyName,
): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
      select distinct other.name from chat_copy as mine
      cross join lateral jsonb_array_elements(mine.phones) as phone
      join chat_copy as other on other.account_id = mine.account_id and other.phones @> phone
      where mine.account_id = ${accountId} and mine.name = ${name} and other.name <> mine.name
      order by other.name limit 20
    `.execute(database);
  return rows.map(one => one.name);
}
