/**
 * Failures in the browser's console, for developers who ask for them:
 * `localStorage['crm-chat-roles:debug'] = '1'`. The marketplaces allow `console.debug` and no other.
 */
const KEY = 'crm-chat-roles:debug';

/** What a `Failure` tells of itself. No token, name or phone is in it. */
type Told = Pick<Error, 'message' | 'cause'> & { readonly request: unknown; readonly misfit: unknown };

/** Writes what was asked, how it ended and what did not fit. */
export function debug({ message, request, misfit, cause }: Told): void {
  if (!isWanted()) return;
  console.debug(`crm-chat-roles ${message}`, { request, misfit, cause });
}

/** Storage may be forbidden, and Node has none. */
function isWanted(): boolean {
  try {
    return localStorage.getItem(KEY) === '1';
  } catch {
    return false;
  }
}
