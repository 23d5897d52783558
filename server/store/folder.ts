/**
 * Lets only one process use an embedded database folder. PGlite itself allows a second process to open it, and then
 * acknowledged rows vanish without an error.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sleep } from './sleep.ts';

const TRIES = 5;
const RETRY_MILLISECONDS = 100;

/** The message is for the person who starts the server. */
export class FolderHeld extends Error {
  override name = 'FolderHeld';

  constructor(folder: string, holder: number) {
    super(
      `Another server (process ${holder}) holds the database folder ${folder}. Stop it first, give this one another DATA_FOLDER, or let both share PostgreSQL with DATABASE_URL.`,
    );
  }
}

/**
 * Locks the folder and returns a function that releases it. Each process first writes its own lock file and then looks for the
 * files of others, so of two processes that start together at least one sees the other. Lock files of dead processes, for
 * example after a crash, are ignored. Throws `FolderHeld` when another process keeps the folder.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  // The lock is next to the folder and not inside it, because PGlite creates a database only in an empty folder.
  const place = dirname(resolve(folder));
  const start = `${basename(resolve(folder))}.lock.`;
  const mine = join(place, start + process.pid);
  for (let tried = 1; ; tried += 1) {
    await writeFile(mine, '');
    const holder = await otherIn(place, start);
    if (holder === null) return () => rm(mine, { force: true });
    await rm(mine, { force: true });
    // Two starting processes may see each other and both back off. A process that keeps the folder is seen at every try.
    if (tried === TRIES) throw new FolderHeld(folder, holder);
    await sleep(Math.random() * RETRY_MILLISECONDS);
  }
}

/** Returns the id of a live process that has a lock file, and deletes the lock files of dead ones. */
async function otherIn(place: string, start: string): Promise<number | null> {
  for (const name of await readdir(place)) {
    const holder = name.startsWith(start) ? Number(name.slice(start.length)) : process.pid;
    if (holder === process.pid) continue;
    if (isAlive(holder)) return holder;
    await rm(join(place, name), { force: true });
  }
  return null;
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // The process is alive but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
