/**
 * The server as a program (`npm run server`). Its environment is described in docs/operations.md.
 *
 * - without an argument: serves until it gets SIGTERM or SIGINT
 * - `rotate`: seals the data keys of all accounts again with the first key of KEY_RING
 * - `restored`: run it once after the database was restored from a backup
 */
import { createLog } from '../operations/log.ts';
import { restored } from '../operations/restored.ts';
import { rotate } from '../operations/rotation.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { FolderHeld } from '../store/folder.ts';
import { sealWith } from '../store/seal.ts';
import { configFrom, Misconfigured, type Configured } from './environment.ts';
import { serve } from './serve.ts';

type Command = (database: Database, configured: Configured) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async rotate(database, { ring }) {
    const { resealed, unopenable } = await rotate(database, sealWith(ring));
    say(`${resealed} sealed again with "${ring[0]?.id}".`);
    if (unopenable.length === 0) return;
    say(`No key of KEY_RING opens these, so they were left unchanged: ${unopenable.join(', ')}.`);
    process.exitCode = 1;
  },
  async restored(database) {
    const tried = await restored(database, new Date());
    say(`${tried} grants will be tried within some minutes after the server has started.`);
  },
};

function say(sentence: string): void {
  console.log(sentence);
}

try {
  const word = process.argv[2];
  const command = word === undefined ? undefined : COMMANDS[word];
  if (word !== undefined && !command)
    throw new Misconfigured(`There is no command ${word}. Commands: ${Object.keys(COMMANDS).join(', ')}.`);
  const configured = configFrom(process.env);
  if (command) {
    const { database, close } = await openDatabase(configured.place);
    await command(database, configured).finally(close);
  } else {
    const serving = serve(configured, createLog());
    // The process may be stopped as soon as it is seen to listen.
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void serving.then(stop => stop()));
    await serving;
  }
} catch (error) {
  if (!(error instanceof Misconfigured) && !(error instanceof FolderHeld)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
