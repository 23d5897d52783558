/**
 * One process an embedded folder. PGlite itself lets a second process open it, and then rows that were acknowledged
 * vanish without an error.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sleep } from './sleep.ts';

const LOOKS = 5;
const LOOK_MILLISECONDS = 100;

/** Its message is one sentence for whoever starts the server. */
export class FolderHeld extends Error {
  override name = 'FolderHeld';

  constructor(folder: string, holder: number) {
    super(
      `Another server (process ${holder}) holds the database folder ${folder}. Stop it first, give this one another DATA_FOLDER, or let both share PostgreSQL with DATABASE_URL.`,
    );
  }
}

/**
 * Answers how to let go of it. Each process lays down a file of its own and then looks for those of others, so of two that
 * start in the same moment at least one sees the other. A file whose process is gone, as after a crash, counts for nothing.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  // Beside the database and not in it: PGlite wants an empty folder for a new one.
  const place = dirname(resolve(folder));
  const start = `${basename(resolve(folder))}.lock.`;
  const mine = join(place, start + process.pid);
  for (let tried = 1; ; tried += 1) {
    await writeFile(mine, '');
    const holder = await otherIn(place, start);
    if (holder === null) return () => rm(mine, { force: true });
    await rm(mine, { force: true });
    // Both may have seen each other: who holds it is seen at every look.
    if (tried === LOOKS) throw new FolderHeld(folder, holder);
    await sleep(Math.random() * LOOK_MILLISECONDS);
  }
}

/** A process that lives and holds it; the files of those that died go. */
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
    // It lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
