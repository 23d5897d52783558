import type { StoredOwn } from './account.ts';
import { wait } from '../http/retry.ts';
import { OWN_VERSION } from './server.ts';

/** How long an answer waits for newer settings before it continues without them. */
const PATIENCE_MS = 3000;

/**
 * Reads the settings' version from each answer of the server and loads the settings if the page knows another version.
 * The answer is passed on together with the settings that were in effect when it was made.
 */
export function watchOwnVersion(
  known: string,
  read: () => Promise<StoredOwn>,
  onNewer: (own: StoredOwn) => void,
): (header: (name: string) => string | null) => Promise<void> {
  let now = known;
  let asked = known;
  let reading: Promise<void> = Promise.resolve();
  const readNewer = async (): Promise<void> => {
    try {
      const own = await read();
      now = own.version;
      onNewer(own);
    } catch {
      // The next answer triggers another attempt.
      asked = now;
    }
  };
  return header => {
    const version = header(OWN_VERSION);
    if (version !== null && version !== asked) {
      asked = version;
      reading = Promise.race([readNewer(), wait(PATIENCE_MS)]);
    }
    return reading;
  };
}
