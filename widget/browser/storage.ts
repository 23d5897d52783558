/**
 * What this browser keeps for us: the table of all keys. Each begins with the product, what it is and the account, then
 * the version of its format, then the person, so that another format, account or person never reads it:
 *
 * | what           | holds                                                        | until                          |
 * | -------------- | ------------------------------------------------------------ | ------------------------------ |
 * | `roles`        | a draft of roles: ids and roles                              | saved, discarded               |
 * | `last-save`    | the ids of the employees who were there when roles were saved | replaced                       |
 * | `claims`       | claims of which the server has not heard: ids, a time and words | told, a day at most           |
 * | `own`          | what the account's admins have set: ids and rules            | replaced                       |
 * | `last-channel` | the id of a channel                                          | replaced                       |
 *
 * No token is ever among them, and all of it goes when the widget is disabled.
 */

const OURS = 'crm-chat-roles:';

/** Whose record it is, by their ids in the CRM. */
export type Whose = { readonly account: string; readonly person: string };

export const STORED = ['roles', 'last-save', 'claims', 'own', 'last-channel'] as const;

export const storageKey = (what: (typeof STORED)[number], { account, person }: Whose): string =>
  `${OURS}${what}:${account}:v1:${person}`;

/** Whether a page that was reloaded or closed has left a claim of which the server has not heard. */
export function isClaimLeft(storage: () => Storage, whose: Whose): boolean {
  const claims = `${storageKey('claims', whose)}:`;
  return allowed(() => keysIn(storage(), key => key.startsWith(claims)).length > 0) ?? false;
}

/** Forgets what everybody in this account left in this browser: the widget was disabled. */
export function forgetAccount(storage: () => Storage, account: string): void {
  allowed(() =>
    keysIn(storage(), key => key.startsWith(OURS) && key.split(':')[2] === account).forEach(key =>
      storage().removeItem(key),
    ),
  );
}

export const keysIn = (storage: Storage, isWanted: (key: string) => boolean): readonly string[] =>
  Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter(isWanted);

/** Storage that is forbidden, full or spoilt throws, and nothing may fail because of that. */
export function allowed<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
