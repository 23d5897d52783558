/**
 * Failures in the browser's console, for developers who ask for them:
 * `localStorage['crm-chat-roles:debug'] = '1'`. The marketplaces allow `console.debug` and no other.
 */
import type { Failure } from './failure.ts';

const KEY = 'crm-chat-roles:debug';

/** Writes what was asked, how it ended and what did not fit. No token, name or phone is in a `Failure`. */
export function debug({ message, request, misfit, cause }: Failure): void {
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
