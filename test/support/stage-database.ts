/**
 * One database for a file of stories: each stage is an account of its own in it. PostgreSQL where this machine has one, because
 * an embedded database costs a second of the processor before it answers, and more at each query.
 */
import type { Database } from '../../server/store/database.ts';
import { once } from '../sandbox/once.ts';
import { freshDatabase, quickest } from './databases.ts';

export const stageDatabase = once(async (): Promise<Database> => (await freshDatabase(quickest())).database);
