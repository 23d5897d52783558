/**
 * One database for a file of stories: each stage has its own account in it. PostgreSQL if this machine has it, because
 * an embedded database takes a second of CPU time to start, and more with each query.
 */
import { expect } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import { freshDatabase, quickest } from './databases.ts';

/** By the path of the file. Files share modules, and stages of two files must not share work. */
const databases = new Map<string, Promise<Database>>();

export function stageDatabase(): Promise<Database> {
  const file = expect.getState().testPath ?? '';
  const made = databases.get(file) ?? freshDatabase(quickest()).then(({ database }) => database);
  databases.set(file, made);
  return made;
}
