/**
 * Claims that are under way in this page. A card may close in the middle of one, but a write that was sent has to be
 * settled: so this outlives cards, and a card that opens on the same client finds its claim here again. It ends by
 * itself, a good minute after the last write.
 */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Contact, Undo } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import { attempt } from '../attempt.ts';
import { claimClient } from './claim.ts';
import { storedIntents, type Intent } from './intents.ts';
import { isOpenEnded, type ClaimGiven, type Press, type Settling } from './press.ts';
import type { ClaimCrm } from './record.ts';
import { settle } from './settle.ts';

/** A page that was closed for longer does not take its part in an old race up again. */
const MOST_AGE_MS = 10 * 60_000;

/** How a write ends whose page was reloaded. */
const LOST = new Failure('no-answer', 'crm');
const ignore = (): void => undefined;

export type Settlings = {
  /** Takes the client over. A newer press on the same client goes before an older one. */
  readonly press: (press: Press) => ReadonlySignal<Settling>;
  /** The latest press on this client, in this page or before its reload, unless it has come to its end. */
  readonly of: (contactId: string) => ReadonlySignal<Settling> | null;
  /** Looks at once instead of when it is time, and begins to look anew where nobody looks any more. */
  readonly lookNow: (contactId: string) => void;
  /** Leaves what is not settled yet to whoever opens the same person's claims next. */
  readonly stop: Undo;
};

type UnderWay = {
  readonly contactId: string;
  readonly settling: Signal<Settling>;
  /** What was sent; `null` as long as nothing was. */
  intent: Intent | null;
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
  /** A claim that was sent before the page was reloaded has come out as mine. */
  readonly onResumed: (contact: Contact) => void;
  /** Tells, until it is undone, that the connection is back or the computer awake. */
  readonly onWake?: (listener: () => void) => Undo;
}): Settlings {
  const intents = storedIntents(given.storage, given.key);
  const underWay = new Set<UnderWay>();
  /** Of each client. */
  const latest = new Map<string, UnderWay>();

  let unlisten: Undo | undefined;
  /** Nothing of ours stays on the page while there is nothing to look at. */
  const follow = (): void => {
    if (latest.size > 0) unlisten ??= given.onWake?.(wake);
    else {
      unlisten?.();
      unlisten = undefined;
    }
  };
  const wake = (): void => {
    for (const { contactId, settling } of latest.values())
      if (settling.peek().kind === 'unknown') lookNow(contactId);
  };

  const end = (one: UnderWay): void => {
    one.isOver = true;
    one.wake();
  };
  const givenFor = (one: UnderWay): ClaimGiven => ({
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
      for (const other of underWay) if (other !== one && other.contactId === one.contactId) end(other);
      one.intent = intent;
      intents.keep(intent);
    },
    drop(forgotten) {
      if (!one.isOver) intents.drop(forgotten);
    },
    show(shown) {
      if (latest.get(one.contactId) !== one) return;
      // Whoever listens answers for their own defects: the protocol goes on.
      void attempt(() => {
        one.settling.value = shown;
      }, ignore);
    },
  });
  const run = async (one: UnderWay, work: (given: ClaimGiven) => Promise<void>): Promise<void> => {
    underWay.add(one);
    latest.set(one.contactId, one);
    follow();
    const claim = givenFor(one);
    let failure = LOST;
    await attempt(
      () => work(claim),
      thrown => {
        failure = thrown;
        claim.show({ kind: 'checking' });
      },
    );
    underWay.delete(one);
    // Nobody looks any more, so nothing may go on saying that somebody does.
    const end = one.settling.peek();
    if (end.kind === 'unknown') claim.show({ ...end, gaveUp: true });
    if (end.kind === 'writing' || end.kind === 'checking')
      claim.show(one.intent ? { kind: 'unknown', failure, gaveUp: true } : { kind: 'failed', failure });
    // Its card has told it. Keeping it would leak whatever has ever followed it.
    if (latest.get(one.contactId) === one && !isOpenEnded(one.settling.peek())) latest.delete(one.contactId);
    follow();
  };
  const begun = (contactId: string, intent: Intent | null): UnderWay => ({
    contactId,
    intent,
    settling: signal<Settling>({ kind: 'writing' }),
    wake: () => undefined,
    isOver: false,
  });
  const lookNow = (contactId: string): void => {
    const one = latest.get(contactId);
    const intent = one?.intent;
    if (one && underWay.has(one)) {
      if (one.settling.peek().kind === 'unknown') givenFor(one).show({ kind: 'checking' });
      one.wake();
    } else if (one && intent) void run(one, claim => settle(claim, intent, LOST));
  };

  /** Goes on for a page that was reloaded. */
  const resume = (intent: Intent): unknown =>
    run(begun(intent.contactId, intent), claim =>
      settle(
        {
          ...claim,
          show(settling) {
            claim.show(settling);
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
    press(press) {
      const one = begun(press.contactId, null);
      void run(one, claim => claimClient(claim, press));
      return one.settling;
    },
    of: contactId => latest.get(contactId)?.settling ?? null,
    lookNow,
    stop() {
      underWay.forEach(end);
      unlisten?.();
    },
  };
}
