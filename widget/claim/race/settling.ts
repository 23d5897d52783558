/**
 * Claims that are under way in this page. A card may close in the middle of one, but a write that was sent has to be
 * settled: so this outlives cards, and a card that opens on the same client finds its claim here again. It ends by
 * itself, a good minute after the last write.
 */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Contact, Undo } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import { claimClient } from './claim.ts';
import { storedIntents, type Intent } from './intents.ts';
import { isOpenEnded, type ClaimGiven, type Press, type Settling } from './press.ts';
import type { ClaimCrm } from './record.ts';
import { settle } from './settle.ts';

/** A page that was closed for longer does not take its part in an old race up again. */
const MOST_AGE_MS = 10 * 60_000;

/** How a write ends whose page was reloaded. */
const LOST = new Failure('no-answer', 'crm');

export type Settlings = {
  /** Takes the client over. A newer press on the same client goes before an older one. */
  readonly press: (press: Press) => ReadonlySignal<Settling>;
  /** The latest press on this client, in this page or before its reload, unless it has come to its end. */
  readonly of: (contactId: string) => ReadonlySignal<Settling> | null;
  /** Looks at once instead of when it is time. */
  readonly lookNow: (contactId: string) => void;
  /** Leaves what is not settled yet to whoever opens the same person's claims next. */
  readonly stop: Undo;
};

type UnderWay = {
  readonly contactId: string;
  readonly settling: Signal<Settling>;
  wake: () => void;
  isOver: boolean;
};

export function createSettlings(given: {
  readonly crm: ClaimCrm;
  readonly me: string;
  readonly isFree: (ownerId: string | null) => boolean;
  readonly storage: () => Storage;
  /** Where this person's unsettled claims are kept. */
  readonly key: string;
  /** A client is about to become mine: what will have to be known then can be read meanwhile. */
  readonly onWriting: (contactId: string) => void;
  /** A claim that was sent before the page was reloaded has come out as mine. */
  readonly onResumed: (contact: Contact) => void;
}): Settlings {
  const intents = storedIntents(given.storage, given.key);
  const underWay = new Set<UnderWay>();
  /** Of each client. */
  const latest = new Map<string, UnderWay>();

  const end = (one: UnderWay): void => {
    one.isOver = true;
    one.wake();
  };
  const start = (contactId: string, run: (given: ClaimGiven) => Promise<void>): ReadonlySignal<Settling> => {
    const settling = signal<Settling>({ kind: 'writing' });
    const one: UnderWay = { contactId, settling, wake: () => undefined, isOver: false };
    underWay.add(one);
    latest.set(contactId, one);
    void run({
      crm: {
        ...given.crm,
        // A look that was under way when a newer press wrote would take what that one wrote for its own.
        setOwner: async (...owner) => {
          if (one.isOver) throw new Failure('cancelled', 'crm');
          return given.crm.setOwner(...owner);
        },
      },
      me: given.me,
      isFree: given.isFree,
      now: () => performance.now(),
      async pause(ms) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, one.isOver ? 0 : ms);
          one.wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        return !one.isOver;
      },
      keep(intent) {
        // Only a newer write ends the watch over older ones.
        for (const other of underWay) if (other !== one && other.contactId === contactId) end(other);
        intents.keep(intent);
        given.onWriting(contactId);
      },
      drop(forgotten) {
        if (!one.isOver) intents.drop(forgotten);
      },
      show(shown) {
        if (latest.get(contactId) === one) settling.value = shown;
      },
    }).finally(() => {
      underWay.delete(one);
      // Its card has told it. Kept, it would keep everything that has ever followed it.
      if (latest.get(contactId) === one && !isOpenEnded(settling.peek())) latest.delete(contactId);
    });
    return settling;
  };

  const resume = (intent: Intent): unknown =>
    start(intent.contactId, one =>
      settle(
        {
          ...one,
          show(settling) {
            one.show(settling);
            if (settling.kind === 'mine') given.onResumed(settling.contact);
          },
        },
        intent,
        LOST,
      ),
    );
  const isFresh = ({ since }: Intent): boolean => Math.abs(Date.now() - since * 1000) < MOST_AGE_MS;
  for (const intent of intents.all()) {
    if (isFresh(intent)) resume(intent);
    else intents.drop(intent.contactId);
  }
  return {
    press: press => start(press.contactId, one => claimClient(one, press)),
    of: contactId => latest.get(contactId)?.settling ?? null,
    lookNow: contactId => latest.get(contactId)?.wake(),
    stop: () => underWay.forEach(end),
  };
}
