/**
 * The server's only database. With DATABASE_URL it is PostgreSQL, shared by any number of instances. Without it, it is the same
 * Postgres inside this process (PGlite), in a folder that only one process may use at a time. Queries and migrations are the
 * same for both.
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
  /**
   * Without a folder the database is in memory and ends with the process. Tests use this, and may start from a copy of another
   * database.
   */
  | { readonly kind: 'embedded'; readonly folder: string | null; readonly copyOf?: Blob | undefined };

/** Converts column names only. Keys inside JSON columns stay as they are. */
const NAMES = new CamelCasePlugin({ maintainNestedObjectKeys: true });
/** The longest that a query may take, so that a database that does not answer cannot block a request forever. */
const QUERY_MILLISECONDS = 10_000;
const CONNECT_MILLISECONDS = 5_000;

export type OpenDatabase = {
  readonly database: Database;
  /** The underlying database, for libraries that run their own queries (operations/jobs.ts). */
  readonly driver:
    | { readonly kind: 'postgres'; readonly url: string }
    | { readonly kind: 'embedded'; readonly pglite: PGlite };
  /** Whether the database answers and has the tables that this version needs. */
  readonly isReady: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** Opens the database and applies every migration. Throws `FolderHeld` when another process uses the folder. */
export async function openDatabase(place: DatabasePlace): Promise<OpenDatabase> {
  const releaseFolder =
    place.kind === 'embedded' && place.folder !== null ? await holdFolder(place.folder) : null;
  const driver: OpenDatabase['driver'] =
    place.kind === 'postgres' ? place : { kind: 'embedded', pglite: await pgliteIn(place) };
  const database = new Kysely<Tables>({ dialect: dialectOf(driver), plugins: [NAMES] });
  const close = async (): Promise<void> => {
    await database.destroy();
    await releaseFolder?.();
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
  // The pool replaces a connection that breaks while idle. Without this listener the error would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}

async function pgliteIn({ folder, copyOf }: Extract<DatabasePlace, { kind: 'embedded' }>): Promise<PGlite> {
  // Loaded on demand: PGlite is 27 MB, and a server on PostgreSQL does not need it.
  const { PGlite, types } = await import('@electric-sql/pglite');
  // Returns bigint as text, as `pg` does, because a number cannot represent every bigint.
  const parsers = { [types.INT8]: (text: string) => text };
  const options = copyOf === undefined ? { parsers } : { parsers, loadDataDir: copyOf };
  return PGlite.create(folder ?? 'memory://', options);
}
