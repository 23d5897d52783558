import type { StoredOwn } from './account.ts';
import { wait } from '../http/retry.ts';
import { OWN_VERSION } from './server.ts';

/** How long an answer waits for newer settings, which it can do without. */
const PATIENCE_MS = 3000;

/**
 * Sees on each answer of the server which version of the settings there is, and asks for them when it is another than the
 * page knows. The answer is handed on with the settings that it was given under.
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
      // The next answer asks again.
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
