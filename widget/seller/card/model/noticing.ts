/**
 * Decides when a card looks again, because a colleague may have taken the client in the meantime. Tabs of one browser
 * notify each other, and the CRM notifies its pages of some changes. Everything else is noticed when the person comes
 * back to the tab.
 */
import type { Dispose } from '../../../host/host.ts';
import { allowed } from '../../../browser/storage.ts';

/** Switching between tabs all day must not use up the whole office's requests. */
const LOOK_AGAIN_MS = 30_000;
/** The CRM needs a moment to store what its own Save has sent. */
const SAVED_MS = 2000;
const LOOK_AFTER_CLICKS_MS = 10_000;
/** The CRM's notifications come in bursts. */
const BURST_MS = 300;
const GLANCE_AGAIN_MS = 2000;
/**
 * Within this time the CRM notifies the page of its own write, in one burst. Other bursts are about other people's
 * writes.
 */
const OWN_MS = 1500;

export type Noticing = {
  /** Looks, unless that was a moment ago. */
  readonly look: () => void;
  /** The CRM says that something about the client has changed. */
  readonly changed: () => void;
  /** A press under way prevented a glance. It is made up for if the press writes nothing. */
  readonly missed: () => void;
  /** A press has just read the client. If it `wrote`, the CRM will notify the page of that too. */
  readonly looked: (wrote: boolean) => void;
  /** Notifies this browser's other tabs that the owner has changed. */
  readonly announce: () => void;
  /** From now on a click elsewhere in the card may be the CRM's Save, which could write the former owner back. */
  readonly watchCard: () => void;
  readonly remove: Dispose;
};

/** One channel for all tabs of an account. `null` where the browser or the page does not allow it. */
const tabsOf = (account: string): BroadcastChannel | null =>
  allowed(() => new BroadcastChannel(`crm-chat-roles:${account}`));

/** Makes this client's cards in other tabs look again. Pass the tab's `own` channel, so that it does not notify itself. */
export function announceToTabs(account: string, contactId: string, own?: BroadcastChannel | null): void {
  const to = own ?? tabsOf(account);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- this is no window
  allowed(() => to?.postMessage(contactId));
  // A removed card's channel is closed, so one is opened for this message.
  if (to !== own) to?.close();
}

export function noticing({
  account,
  contactId,
  look,
  glance,
}: {
  readonly account: string;
  readonly contactId: string;
  readonly look: () => void;
  /** Reads the owner, and the rest only if the person has looked. */
  readonly glance: () => void;
}): Noticing {
  const gone = new AbortController();
  const { signal } = gone;
  const tabs = tabsOf(account);
  let lookedAt = -Infinity;
  let followedAt = -Infinity;
  let ownAt = -Infinity;
  /** When the current burst began, and which burst is about our own write; null while that one is expected. */
  let burst = -Infinity;
  let ownBurst: number | null = -Infinity;
  let isMissed = false;
  let pending: ReturnType<typeof setTimeout> | undefined;
  let glancing: ReturnType<typeof setTimeout> | undefined;
  const lookNow = (): void => {
    lookedAt = performance.now();
    look();
  };
  const lookSometimes = (): void => {
    if (performance.now() - lookedAt >= LOOK_AGAIN_MS) lookNow();
  };
  const isBack = (): void => {
    if (document.visibilityState === 'visible') lookSometimes();
  };
  tabs?.addEventListener('message', ({ data }) => data === contactId && lookNow(), { signal });
  document.addEventListener('visibilitychange', isBack, { signal });
  window.addEventListener('focus', isBack, { signal });
  window.addEventListener('online', lookSometimes, { signal });
  const changed = (): void => {
    const now = performance.now();
    if (now - burst > BURST_MS) burst = now;
    const mine = burst;
    if (now - ownAt < OWN_MS) ownBurst ??= mine;
    if (mine === ownBurst) return;
    clearTimeout(glancing);
    const glanceNow = (): void => {
      // In the meantime this burst turned out to be about our own write.
      if (mine === ownBurst) return;
      lookedAt = performance.now();
      glance();
    };
    glancing = setTimeout(glanceNow, Math.max(BURST_MS, GLANCE_AGAIN_MS - (now - lookedAt)));
  };
  return {
    look: lookSometimes,
    changed,
    missed() {
      isMissed = true;
    },
    looked(wrote) {
      lookedAt = performance.now();
      const waits = isMissed;
      isMissed = false;
      if (!wrote) return waits ? changed() : undefined;
      ownAt = lookedAt;
      ownBurst = ownAt - burst < OWN_MS ? burst : null;
    },
    announce: () => announceToTabs(account, contactId, signal.aborted ? undefined : tabs),
    watchCard() {
      const soon = (): void => {
        clearTimeout(pending);
        const rest = LOOK_AFTER_CLICKS_MS - (performance.now() - followedAt);
        const follow = (): void => {
          followedAt = performance.now();
          lookNow();
        };
        pending = setTimeout(follow, Math.max(SAVED_MS, rest));
      };
      document.addEventListener('click', soon, { signal });
    },
    remove() {
      clearTimeout(pending);
      clearTimeout(glancing);
      gone.abort();
      tabs?.close();
    },
  };
}
