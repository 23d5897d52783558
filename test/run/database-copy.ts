/**
 * An embedded database with every migration applied, as a file. Tests begin with a copy of it: that takes a third of a
 * second, where making one takes several. It is made anew when migrations or the database itself have changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { migrated } from '../../server/store/migrations.ts';

export async function databaseCopy(root: string): Promise<string> {
  const digest = createHash('sha256');
  const store = join(root, 'server/store');
  const migrations = readdirSync(store).filter(name => name.startsWith('migration'));
  for (const file of migrations.toSorted()) digest.update(readFileSync(join(store, file)));
  digest.update(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')));
  const path = join(root, `node_modules/.cache-database-${digest.digest('hex').slice(0, 16)}.tar`);
  if (existsSync(path)) return path;
  const pglite = await PGlite.create('memory://');
  await migrated(new Kysely({ dialect: new PGliteDialect({ pglite }) }));
  const dump = await pglite.dumpDataDir('none');
  // Another run may be making the same one.
  writeFileSync(`${path}.${process.pid}`, new Uint8Array(await dump.arrayBuffer()));
  renameSync(`${path}.${process.pid}`, path);
  await pglite.close();
  return path;
}
