/**
 * Records which clients and deals we sent to the chat service, and which of their phone numbers became identities there. What
 * we never sent is never changed or deleted there.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../store/database.ts';

/** For example "contact 501" or "deal 9001". */
export type CopyName = `${'contact' | 'deal'} ${string}`;

/** Digits only, country code first. */
export type SentNumbers = {
  /** Numbers that became identities because the card has them. They are removed when they leave the card. */
  readonly made: readonly string[];
  /** All numbers of the card. */
  readonly phones: readonly string[];
};

/** What the chat service knows about a client or deal now. */
export type Followed =
  /** We never sent it, and leave it alone. */
  | { readonly kind: 'not-ours' }
  /** `notNumbers`: phone fields of the card that are not valid numbers. */
  | { readonly kind: 'known'; readonly ownerId: string; readonly notNumbers: readonly string[] }
  /** It has no number that a messenger could know. */
  | { readonly kind: 'without-number'; readonly notNumbers: readonly string[] }
  /** No employee works with it: those who receive new clients see the chat. */
  | { readonly kind: 'free' }
  /** The CRM no longer has it. */
  | { readonly kind: 'gone' };

export type Copies = {
  /** Null for one that we never sent. */
  readonly numbersOf: (accountId: string, name: CopyName) => Promise<SentNumbers | null>;
  readonly record: (accountId: string, name: CopyName, numbers: SentNumbers) => Promise<void>;
  /** Marks these as ours from now on, with no known numbers. */
  readonly adopt: (accountId: string, names: readonly string[]) => Promise<void>;
  /** Those of them that we have sent. */
  readonly known: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
  /** Those of them that are to be checked: all of them when all clients are sent, otherwise those that we have sent. */
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
          -- Sorted, because two statements with the same names in different order would deadlock.
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

/** Other clients of the account whose card has one of this client's numbers. */
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
