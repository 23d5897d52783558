/** Apart from the outbox itself, because the settings forget it and need nothing else of it. */

/** Every key of the outbox in this browser begins so. */
export const OUTBOX_KEYS = 'crm-chat-roles:outbox:';

export const outboxKeys = (storage: Storage, start: string): readonly string[] =>
  Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter(key =>
    key.startsWith(start),
  );

/** Forgets what everybody in this account left: the widget was disabled. */
export function dropOutbox(storage: () => Storage, account: string): void {
  try {
    const store = storage();
    outboxKeys(store, `${OUTBOX_KEYS}${account}:`).forEach(key => store.removeItem(key));
  } catch {
    // Storage that is forbidden holds nothing.
  }
}
