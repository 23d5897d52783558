/**
 * The data keys of all accounts, sealed again with the first key of the ring (`node server.mjs rotate`), so that an older key
 * can be taken out of it. Instances run on meanwhile. Whoever ends it midway begins it again; what is done already is passed
 * over.
 *
 * Before accounts had data keys, everything of theirs was sealed with the ring itself. What is left of that is sealed anew with
 * the account's key: a row that an instance has written since it was read is left as it is, and found again.
 */
import { sql } from 'kysely';
import { chatKeyBoundTo } from '../connections/connection.ts';
import { partnerGrantBoundTo } from '../connections/partner-grant.ts';
import { grantBoundTo } from '../accounts/tokens.ts';
import { claimBoundTo } from '../claims/sealed-work.ts';
import { hookBoundTo } from '../hooks/subscription.ts';
import { accountSealIn, dataKeyBoundTo, type OfAccount } from '../store/account-seal.ts';
import type { Database } from '../store/database.ts';
import type { RingSeal } from '../store/seal.ts';
import { Unopenable, wrappedBy } from '../store/sealed.ts';

type Row = Readonly<Record<string, string>> & { readonly key: string; readonly sealed: string };

/** A column that holds something sealed. */
type SealedColumn = {
  readonly table: string;
  readonly column: string;
  /** Names the row. */
  readonly key: string;
  /** What else of the row tells what it is bound to. */
  readonly more: readonly string[];
};

const DATA_KEYS: SealedColumn = { table: 'account', column: 'sealed_data_key', key: 'id', more: [] };
const OF_ACCOUNTS: readonly (SealedColumn & { readonly boundTo: (row: Row) => OfAccount })[] = [
  {
    table: 'crm_grant',
    column: 'sealed_tokens',
    key: 'id',
    more: ['account_id', 'employee_id'],
    boundTo: row => grantBoundTo({ accountId: row['accountId'] ?? '', employeeId: row['employeeId'] ?? '' }),
  },
  {
    table: 'chat_connection',
    column: 'sealed_key',
    key: 'account_id',
    more: [],
    boundTo: row => chatKeyBoundTo(row.key),
  },
  {
    table: 'partner_grant',
    column: 'sealed_tokens',
    key: 'account_id',
    more: [],
    boundTo: row => partnerGrantBoundTo(row.key),
  },
  {
    table: 'account',
    column: 'sealed_hook',
    key: 'id',
    more: [],
    boundTo: row => hookBoundTo(row.key),
  },
  {
    table: 'claim',
    column: 'sealed_work',
    key: 'id',
    more: ['account_id', 'press'],
    boundTo: row => claimBoundTo({ accountId: row['accountId'] ?? '', press: row['press'] ?? '' }),
  },
];

/** Codes that wait to be exchanged and what journeys have brought are not among them: they are gone in twenty minutes. */
export const SEALED: readonly SealedColumn[] = [DATA_KEYS, ...OF_ACCOUNTS];

export type Rotated = {
  readonly resealed: number;
  /** "table row" of what no key of the ring opens. It is left as it is. */
  readonly unopenable: readonly string[];
};

const PIECE = 100;

export async function rotate(database: Database, ringSeal: RingSeal): Promise<Rotated> {
  const seal = accountSealIn({ database, ringSeal, now: () => new Date() });
  let resealed = 0;
  const unopenable = new Set<string>();
  async function whole(column: SealedColumn, again: Again): Promise<void> {
    // What somebody wrote meanwhile may be sealed as before.
    for (let pass: Pass | undefined; pass === undefined || pass.missed > 0;) {
      pass = await passed(database, column, again);
      resealed += pass.resealed;
      pass.unopenable.forEach(row => unopenable.add(row));
    }
  }
  for (const column of OF_ACCOUNTS)
    await whole(column, async row => {
      if (wrappedBy(row.sealed) === null) return null;
      const boundTo = column.boundTo(row);
      return seal.seal(await seal.open(row.sealed, boundTo), boundTo);
    });
  await whole(DATA_KEYS, async ({ key, sealed }) => {
    if (ringSeal.isCurrent(sealed)) return null;
    return ringSeal.seal(await ringSeal.open(sealed, dataKeyBoundTo(key)), dataKeyBoundTo(key));
  });
  return { resealed, unopenable: [...unopenable] };
}

/** Null for what is as it should be. */
type Again = (row: Row) => Promise<string | null>;
type Pass = { resealed: number; missed: number; readonly unopenable: string[] };

async function passed(
  database: Database,
  { table, column, key, more }: SealedColumn,
  again: Again,
): Promise<Pass> {
  const found: Pass = { resealed: 0, missed: 0, unopenable: [] };
  const given = sql.join([
    sql`${sql.ref(key)}::text as key`,
    sql`${sql.ref(column)} as sealed`,
    ...more.map(name => sql`${sql.ref(name)}::text as ${sql.ref(name)}`),
  ]);
  for (let after = '0'; ;) {
    const { rows } = await sql<Row>`
      select ${given} from ${sql.table(table)}
      where ${sql.ref(key)} > ${after} and ${sql.ref(column)} is not null order by ${sql.ref(key)} limit ${PIECE}
    `.execute(database);
    for (const row of rows) {
      after = row.key;
      try {
        const anew = await again(row);
        if (anew === null) continue;
        const { numAffectedRows = 0n } = await sql`
          update ${sql.table(table)} set ${sql.ref(column)} = ${anew}
          where ${sql.ref(key)} = ${row.key} and ${sql.ref(column)} = ${row.sealed}
        `.execute(database);
        if (numAffectedRows === 0n) found.missed += 1;
        else found.resealed += 1;
      } catch (error) {
        if (!(error instanceof Unopenable)) throw error;
        found.unopenable.push(`${table} ${row.key}`);
      }
    }
    if (rows.length < PIECE) return found;
  }
}
