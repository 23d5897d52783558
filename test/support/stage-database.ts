/** One embedded database for a file of stories: each stage is an account of its own in it. */
import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { once } from '../sandbox/once.ts';

export const stageDatabase = once(async (): Promise<Database> => {
  const copyOf = new Blob([readFileSync(inject('databaseCopy'))]);
  return (await openDatabase({ kind: 'embedded', folder: null, copyOf })).database;
});
