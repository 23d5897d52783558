/**
 * All keys that the widget stores in the browser. A key consists of the product, the kind of record, the account, the
 * version of the format and the person, so that no other format, account or person reads the record:
 *
 * | kind           | content                                                      | kept until                     |
 * | -------------- | ------------------------------------------------------------ | ------------------------------ |
 * | `roles`        | a draft of roles: ids and roles                              | saved or discarded             |
 * | `last-save`    | the ids of all employees at the time when roles were saved   | replaced                       |
 * | `claims`       | claims not yet reported to the server: ids, a time and texts | reported, a day at most        |
 * | `own`          | the settings of the account's admins: ids and rules          | replaced                       |
 * | `last-channel` | the id of a channel                                          | replaced                       |
 *
 * No token is stored. Everything is deleted when the widget is disabled.
 */

const OURS = 'crm-chat-roles:';

/** The owner of a record, by ids of the CRM. */
export type Whose = { readonly account: string; readonly person: string };

export const STORED = ['roles', 'last-save', 'claims', 'own', 'last-channel'] as const;

export const storageKey = (what: (typeof STORED)[number], { account, person }: Whose): string =>
  `${OURS}${what}:${account}:v1:${person}`;

/** Whether a page that was reloaded or closed left a claim that was not reported to the server. */
export function isClaimLeft(storage: () => Storage, whose: Whose): boolean {
  const claims = `${storageKey('claims', whose)}:`;
  return allowed(() => keysIn(storage(), key => key.startsWith(claims)).length > 0) ?? false;
}

/** Deletes what everyone in this account stored in this browser, because the widget was disabled. */
export function forgetAccount(storage: () => Storage, account: string): void {
  allowed(() =>
    keysIn(storage(), key => key.startsWith(OURS) && key.split(':')[2] === account).forEach(key =>
      storage().removeItem(key),
    ),
  );
}

export const keysIn = (storage: Storage, isWanted: (key: string) => boolean): readonly string[] =>
  Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter(isWanted);

/** Storage that is forbidden, full or corrupt throws; `null` then, because no feature may fail because of it. */
export function allowed<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
