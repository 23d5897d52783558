/**
 * Logs failures to the browser's console, for developers who set `localStorage['crm-chat-roles:debug'] = '1'`. The
 * marketplaces allow only `console.debug`.
 */
const KEY = 'crm-chat-roles:debug';

/** The loggable fields of a `Failure`. They contain no token, name or phone. */
type Told = Pick<Error, 'message' | 'cause'> & { readonly request: unknown; readonly misfit: unknown };

/** Logs the request, its result and what did not fit. */
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
