/**
 * One database for a file of stories: each stage has its own account in it. PostgreSQL if this machine has it, because
 * an embedded database takes a second of CPU time to start, and more with each query.
 */
import type { Database } from '../../server/store/database.ts';
import { once } from '../sandbox/once.ts';
import { freshDatabase, quickest } from './databases.ts';

export const stageDatabase = once(async (): Promise<Database> => (await freshDatabase(quickest())).database);
