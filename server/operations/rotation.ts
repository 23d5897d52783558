/**
 * Seals the data keys of all accounts again with the first key of the ring (`node server.mjs rotate`), so that an older key can
 * be removed from the ring. Instances keep running meanwhile. A run that was interrupted is started again and skips what is
 * done already.
 *
 * Before accounts had data keys, their records were sealed with the ring itself. Records that are left from then are sealed
 * again with the account's key. A row that an instance has written since it was read is left as it is, and the next pass finds
 * it.
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

/** A column with sealed values. */
type SealedColumn = {
  readonly table: string;
  readonly column: string;
  /** The column that identifies the row. */
  readonly key: string;
  /** Further columns that are part of what the value is bound to. */
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

/**
 * Codes that wait to be exchanged and keys that journeys have brought are not included, because they expire in twenty minutes.
 */
export const SEALED: readonly SealedColumn[] = [DATA_KEYS, ...OF_ACCOUNTS];

export type Rotated = {
  readonly resealed: number;
  /** "table row" of each value that no key of the ring opens. It is left as it is. */
  readonly unopenable: readonly string[];
};

const PIECE = 100;

export async function rotate(database: Database, ringSeal: RingSeal): Promise<Rotated> {
  const seal = accountSealIn({ database, ringSeal, now: () => new Date() });
  let resealed = 0;
  const unopenable = new Set<string>();
  async function rotateColumn(column: SealedColumn, again: Again): Promise<void> {
    // A row that was written meanwhile may be sealed as before.
    for (let pass: Pass | undefined; pass === undefined || pass.missed > 0;) {
      pass = await runPass(database, column, again);
      resealed += pass.resealed;
      pass.unopenable.forEach(row => unopenable.add(row));
    }
  }
  for (const column of OF_ACCOUNTS)
    await rotateColumn(column, async row => {
      if (wrappedBy(row.sealed) === null) return null;
      const boundTo = column.boundTo(row);
      return seal.seal(await seal.open(row.sealed, boundTo), boundTo);
    });
  await rotateColumn(DATA_KEYS, async ({ key, sealed }) => {
    if (ringSeal.isCurrent(sealed)) return null;
    return ringSeal.seal(await ringSeal.open(sealed, dataKeyBoundTo(key)), dataKeyBoundTo(key));
  });
  return { resealed, unopenable: [...unopenable] };
}

/** Returns the value sealed again; null when it needs no change. */
type Again = (row: Row) => Promise<string | null>;
type Pass = { resealed: number; missed: number; readonly unopenable: string[] };

async function runPass(
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
        const sealedAgain = await again(row);
        if (sealedAgain === null) continue;
        const { numAffectedRows = 0n } = await sql`
          update ${sql.table(table)} set ${sql.ref(column)} = ${sealedAgain}
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
