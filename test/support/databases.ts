/** Empty databases for the server's tests: one embedded in this process, and one on PostgreSQL if available. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase, type DatabasePlace, type OpenDatabase } from '../../server/store/database.ts';

export type Kind = DatabasePlace['kind'];

/** The kinds that this machine has. */
export const kinds = (): readonly Kind[] =>
  inject('postgres') === '' ? ['embedded'] : ['embedded', 'postgres'];

/** For tests that work with either kind. */
export const quickest = (): Kind => (inject('postgres') === '' ? 'embedded' : 'postgres');

/** The address of a new empty database. */
export async function freshPostgres(): Promise<string> {
  const url = new URL(inject('postgres'));
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

export async function freshDatabase(kind: Kind): Promise<OpenDatabase> {
  if (kind === 'postgres') return openDatabase({ kind, url: await freshPostgres() });
  return openDatabase({ kind, folder: null, copyOf: new Blob([readFileSync(inject('databaseCopy'))]) });
}
