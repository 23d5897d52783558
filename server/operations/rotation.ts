/**
 * Everything that is sealed, sealed again with the first key of the ring (`node server.mjs rotate`), so that an older key can
 * be taken out of it. Instances run on meanwhile: a row that one of them has written since it was read is left as it is, and
 * found again. Whoever ends it midway begins it again; what is done already is passed over.
 */
import { sql } from 'kysely';
import { chatKeyBoundTo } from '../chat/wazzup/connection.ts';
import { partnerGrantBoundTo } from '../chat/wazzup/partner/grant.ts';
import { grantBoundTo } from '../accounts/tokens.ts';
import { claimBoundTo } from '../claims/claims-kept.ts';
import { hookBoundTo } from '../hooks/subscription.ts';
import type { Database } from '../store/database.ts';
import { Unopenable, type Seal } from '../store/seal.ts';

/** A column that holds something sealed, and what each of its rows is bound to. */
export type SealedColumn = {
  readonly table: string;
  readonly column: string;
  /** Names the row. */
  readonly key: string;
  /** What `boundTo` needs of it. */
  readonly more: readonly string[];
  readonly boundTo: (row: Readonly<Record<string, string>>) => string;
};

/** Codes that wait to be exchanged and what journeys have brought are not among them: they are gone in twenty minutes. */
export const SEALED: readonly SealedColumn[] = [
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
    boundTo: row => chatKeyBoundTo(row['key'] ?? ''),
  },
  {
    table: 'partner_grant',
    column: 'sealed_tokens',
    key: 'account_id',
    more: [],
    boundTo: row => partnerGrantBoundTo(row['key'] ?? ''),
  },
  {
    table: 'account',
    column: 'sealed_hook',
    key: 'id',
    more: [],
    boundTo: row => hookBoundTo(row['key'] ?? ''),
  },
  {
    table: 'claim',
    column: 'sealed_work',
    key: 'id',
    more: ['account_id', 'press'],
    boundTo: row => claimBoundTo({ accountId: row['accountId'] ?? '', press: row['press'] ?? '' }),
  },
];

export type Rotated = {
  readonly resealed: number;
  /** "table row" of what no key of the ring opens. It is left as it is. */
  readonly unopenable: readonly string[];
};

const PIECE = 100;

export async function rotate(database: Database, seal: Seal): Promise<Rotated> {
  let resealed = 0;
  const unopenable = new Set<string>();
  for (const column of SEALED) {
    // What somebody wrote meanwhile may be sealed with either key.
    for (let pass: Pass | undefined; pass === undefined || pass.missed > 0;) {
      pass = await passed(database, seal, column);
      resealed += pass.resealed;
      pass.unopenable.forEach(row => unopenable.add(row));
    }
  }
  return { resealed, unopenable: [...unopenable] };
}

type Pass = { resealed: number; missed: number; readonly unopenable: string[] };

type Row = { readonly key: string; readonly sealed: string };

async function passed(
  database: Database,
  seal: Seal,
  { table, column, key, more, boundTo }: SealedColumn,
): Promise<Pass> {
  const found: Pass = { resealed: 0, missed: 0, unopenable: [] };
  const given = sql.join([
    sql`${sql.ref(key)}::text as key`,
    sql`${sql.ref(column)} as sealed`,
    ...more.map(name => sql`${sql.ref(name)}::text as ${sql.ref(name)}`),
  ]);
  for (let after = '0'; ;) {
    const { rows } = await sql<Row & Readonly<Record<string, string>>>`
      select ${given} from ${sql.table(table)}
      where ${sql.ref(key)} > ${after} and ${sql.ref(column)} is not null order by ${sql.ref(key)} limit ${PIECE}
    `.execute(database);
    for (const row of rows) {
      after = row.key;
      if (seal.isCurrent(row.sealed)) continue;
      try {
        const again = await seal.seal(await seal.open(row.sealed, boundTo(row)), boundTo(row));
        const { numAffectedRows = 0n } = await sql`
          update ${sql.table(table)} set ${sql.ref(column)} = ${again}
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
