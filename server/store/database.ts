/**
 * The server's one database. With DATABASE_URL it is PostgreSQL, which any number of instances share; without, it is the
 * same Postgres inside this process (PGlite), in a folder that one process holds at a time. Queries and migrations are
 * the same for both.
 */
import type { PGlite } from '@electric-sql/pglite';
import { CamelCasePlugin, Kysely, PGliteDialect, PostgresDialect, type Dialect } from 'kysely';
import pg from 'pg';
import { holdFolder } from './folder.ts';
import { isMigrated, migrated } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

export type DatabasePlace =
  | { readonly kind: 'postgres'; readonly url: string }
  /** Without a folder it lives in memory and ends with the process: for tests, which may begin with a copy of another. */
  | { readonly kind: 'embedded'; readonly folder: string | null; readonly copyOf?: Blob | undefined };

/** The names of columns only: what stands in a column of JSON is somebody else's. */
const NAMES = new CamelCasePlugin({ maintainNestedObjectKeys: true });
/** How long a query may take. A database that does not answer must not hold a request for ever. */
const QUERY_MILLISECONDS = 10_000;
const CONNECT_MILLISECONDS = 5_000;

export type OpenDatabase = {
  readonly database: Database;
  /** What it is made of, for what brings queries of its own (operations/jobs.ts). */
  readonly driver:
    | { readonly kind: 'postgres'; readonly url: string }
    | { readonly kind: 'embedded'; readonly pglite: PGlite };
  /** Whether it answers now, with the tables that this version needs. */
  readonly isReady: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** Opens it with every migration applied. Throws `FolderHeld` for a folder that another process holds. */
export async function openDatabase(place: DatabasePlace): Promise<OpenDatabase> {
  const letGo = place.kind === 'embedded' && place.folder !== null ? await holdFolder(place.folder) : null;
  const driver: OpenDatabase['driver'] =
    place.kind === 'postgres' ? place : { kind: 'embedded', pglite: await pgliteIn(place) };
  const database = new Kysely<Tables>({ dialect: dialectOf(driver), plugins: [NAMES] });
  const close = async (): Promise<void> => {
    await database.destroy();
    await letGo?.();
  };
  try {
    await migrated(database);
  } catch (error) {
    await close();
    throw error;
  }
  const isReady = async (): Promise<boolean> => {
    try {
      return await isMigrated(database);
    } catch {
      return false;
    }
  };
  return { database, driver, isReady, close };
}

function dialectOf(driver: OpenDatabase['driver']): Dialect {
  if (driver.kind === 'embedded') return new PGliteDialect({ pglite: driver.pglite });
  const pool = new pg.Pool({
    connectionString: driver.url,
    max: 10,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    statement_timeout: QUERY_MILLISECONDS,
    query_timeout: QUERY_MILLISECONDS,
  });
  // A connection that breaks while it is idle is replaced by the pool; unheard, the error would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}

async function pgliteIn({ folder, copyOf }: Extract<DatabasePlace, { kind: 'embedded' }>): Promise<PGlite> {
  // Loaded only where it is used: it is 27 MB, and a server on PostgreSQL needs none of it.
  const { PGlite, types } = await import('@electric-sql/pglite');
  // As pg does it: a number could not hold every bigint.
  const parsers = { [types.INT8]: (text: string) => text };
  const options = copyOf === undefined ? { parsers } : { parsers, loadDataDir: copyOf };
  return PGlite.create(folder ?? 'memory://', options);
}
