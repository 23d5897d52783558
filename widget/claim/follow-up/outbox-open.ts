/** The outbox of whoever is logged in, with what this browser lends it. Made once for a page; cards come and go. */
import type { Chat } from '../../chat/chat.ts';
import type { HostRecords, Undo } from '../../host/host.ts';
import { followUpSteps } from './steps.ts';
import type { Outbox } from './follow-up.ts';
import { OUTBOX_KEYS, outboxStore } from './outbox-store.ts';
import { turns } from './outbox-turn.ts';
import { createOutbox } from './outbox.ts';
import type { Staff } from './undo.ts';

/** The browser, as far as the outbox uses it. */
export type Lent = {
  /** Asked for each time, because a browser may refuse to hand it out. */
  readonly storage: () => Storage;
  /** Missing in old browsers, and on pages that are not secure. */
  readonly locks: LockManager | undefined;
  readonly events: Pick<Window, 'addEventListener' | 'removeEventListener'>;
};

export type OpenOutbox = {
  readonly outbox: Outbox;
  /** Keeps what waits. */
  readonly stop: Undo;
};

/** Begins with what earlier pages left. */
export function openOutbox(
  given: {
    readonly records: HostRecords;
    readonly chat: Chat | null;
    readonly account: { readonly id: string };
    readonly me: string;
    readonly staff: Staff;
  },
  { storage, locks, events }: Lent,
): OpenOutbox {
  const { records, chat, account, me, staff } = given;
  const scope = `${account.id}:v1:${me}`;
  const now = Date.now;
  const after = (milliseconds: number, then: () => void): Undo => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  };
  const pause = (milliseconds: number): Promise<void> =>
    new Promise(resolve => {
      after(milliseconds, resolve);
    });
  const outbox = createOutbox({
    store: outboxStore(storage, { account: account.id, person: me }),
    takeTurn: turns({ locks, storage, scope, now, pause }),
    perform: followUpSteps({
      records,
      chat,
      me,
      nameOf: id => staff.employee(id)?.name,
      now,
    }),
    now,
    after,
    random: Math.random,
  });
  const onStorage = ({ key }: StorageEvent): void => {
    if (key?.startsWith(OUTBOX_KEYS)) outbox.look();
  };
  const unlisten = (): void => {
    events.removeEventListener('storage', onStorage);
    events.removeEventListener('online', outbox.online);
  };
  /** Nothing of ours stays on the page while nothing waits. Adding a listener a second time changes nothing. */
  const unfollow = outbox.shown.subscribe(all => {
    if (all.every(({ state }) => state.kind === 'over')) return unlisten();
    events.addEventListener('storage', onStorage);
    events.addEventListener('online', outbox.online);
  });
  const stop = outbox.start();
  return {
    outbox,
    stop() {
      stop();
      unfollow();
      unlisten();
    },
  };
}
