/** The default database of the server: one per process, in memory. */
import { openDatabase, type Database } from '../../server/store/database.ts';
import { once } from './once.ts';

export const ownDatabase = once(
  async (): Promise<Database> => (await openDatabase({ kind: 'embedded', folder: null })).database,
);
