/**
 * What this browser keeps for us: the table of all keys. Each begins with the product, what it is and the account, then
 * the version of its format, then the person, so that another format, account or person never reads it:
 *
 * | what           | holds                                                        | until                          |
 * | -------------- | ------------------------------------------------------------ | ------------------------------ |
 * | `roles`        | a draft of roles, and what was saved last: ids and roles     | saved, discarded, replaced     |
 * | `last-refresh` | when, how far, and whose ids were there                      | the next refresh               |
 * | `claims`       | claims that are not settled: ids and a time                  | settled, ten minutes at most   |
 * | `outbox`       | what has yet to follow from a claim: ids, and words to send  | sent, a week at most           |
 * | `turn`         | which tab is at it, where the browser has no locks           | two minutes at most            |
 * | `last-channel` | the id of a channel                                          | replaced                       |
 *
 * No token is ever among them, and all of it goes when the widget is disabled.
 */
const OURS = 'crm-chat-roles:';

/** Forgets what everybody in this account left in this browser: the widget was disabled. */
export function forgetAccount(storage: () => Storage, account: string): void {
  try {
    const store = storage();
    const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '');
    const isOfAccount = (key: string): boolean => key.startsWith(OURS) && key.split(':')[2] === account;
    keys.filter(isOfAccount).forEach(key => store.removeItem(key));
  } catch {
    // Storage that is forbidden holds nothing.
  }
}
