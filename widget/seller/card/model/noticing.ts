/**
 * What makes a card look again: a colleague may have the same client open in another tab, on another computer, or may
 * have taken the client while this tab was in the background. Tabs of one browser tell each other, and the CRM tells its
 * pages, as far as it does; everything else is learnt when the person comes back.
 */
import type { Dispose } from '../../../host/host.ts';
import { allowed } from '../../../browser/storage.ts';

/** A person who switches between tabs all day must not use up the requests of a whole office. */
const LOOK_AGAIN_MS = 30_000;
/** The CRM needs a moment to keep what its own Save has sent. */
const SAVED_MS = 2000;
const LOOK_AFTER_CLICKS_MS = 10_000;
/** What the CRM tells comes in bursts. */
const BURST_MS = 300;
const GLANCE_AGAIN_MS = 2000;
/** In this time the CRM tells the page of its own write, in one burst. Whatever it tells besides is somebody else's. */
const OWN_MS = 1500;

export type Noticing = {
  /** Looks, unless it did so a moment ago. */
  readonly look: () => void;
  /** The CRM says that something about the client has changed. */
  readonly changed: () => void;
  /** A press that is under way is in the way of a glance: one that writes nothing is followed by it. */
  readonly missed: () => void;
  /** A press has just asked. If it `wrote`, the CRM tells of that too. */
  readonly looked: (wrote: boolean) => void;
  /** Tells the other tabs of this browser that the client has changed hands. */
  readonly announce: () => void;
  /** From now on a click elsewhere in the card may be its Save, with the former responsible in it. */
  readonly watchCard: () => void;
  readonly remove: Dispose;
};

/** The same for all tabs of one account. `null` in a browser that has no such channel, or a page that may not use it. */
const tabsOf = (account: string): BroadcastChannel | null =>
  allowed(() => new BroadcastChannel(`crm-chat-roles:${account}`));

/** Cards of this client in other tabs look again. A tab does not hear itself, as long as it names its own channel. */
export function announceToTabs(account: string, contactId: string, own?: BroadcastChannel | null): void {
  const to = own ?? tabsOf(account);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- this is no window
  allowed(() => to?.postMessage(contactId));
  // Also when the card has been left: the claim goes on without it.
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
  /** Looks at whose the client is, and at no more than the person has asked for. */
  readonly glance: () => void;
}): Noticing {
  const gone = new AbortController();
  const { signal } = gone;
  const tabs = tabsOf(account);
  let lookedAt = -Infinity;
  let followedAt = -Infinity;
  let ownAt = -Infinity;
  /** When what is told now began; and what tells of our own write, null while that is expected. */
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
      // The press that it tells of has come to its end meanwhile.
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
