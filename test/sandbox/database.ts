/** The server's database of stages that are given none: one for all of a process, in memory. */
import { openDatabase, type Database } from '../../server/store/database.ts';
import { once } from './once.ts';

export const ownDatabase = once(
  async (): Promise<Database> => (await openDatabase({ kind: 'embedded', folder: null })).database,
);
