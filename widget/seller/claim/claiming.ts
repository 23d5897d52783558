/**
 * The claims under way in this page. The page asks the server for a grant, sets the responsible user in the person's
 * name, and reports to the server, which decides between competing claims and does what follows. Claims outlive cards:
 * a card that opens on the same client finds its claim here.
 */
import type { ClaimsServer } from '../../account/claim.ts';
import type { Contact, Dispose } from '../../host/host.ts';
import type { ClaimCrm } from './batch.ts';
import { createServerWatch, CHAT_UNCHANGED } from './server-watch.ts';
import { storedClaims } from './stored-claims.ts';
import { checkWrites } from './crm-check.ts';
import {
  hasProblem,
  isUnderWay,
  isUnsettled,
  NO_PLAN,
  type ClaimState,
  type Press,
  type Running,
} from './press.ts';
import { createReporter } from './reporter.ts';
import { createRoster, isShown, type ActivePress } from './roster.ts';
import { write, type Write } from './writing.ts';

/** Writes older than this are not checked again after a reload. */
const RESUME_MS = 10 * 60_000;
/** A claim that was withdrawn longer ago is no longer shown. */
const NEWS_SECONDS = 600;

export type Claiming = {
  /** Makes the employee `to` responsible for these clients. A newer press on a client replaces an older one. */
  readonly press: (to: string, presses: readonly Press[]) => readonly Running[];
  /** The latest press on this client, also from before a reload; null when it has ended. */
  readonly of: (contactId: string) => Running | null;
  /**
   * Asks the server for my latest claim of a client who was just read. Returns it if it is not finished, has a problem, was
   * withdrawn recently, or is the one that is `shown`.
   */
  readonly recall: (contact: Contact, shown: Running | null) => Promise<Running | null>;
  /** Checks these clients' presses at once, and starts checking again where checks have stopped. */
  readonly lookNow: (contactIds: readonly string[]) => void;
  /** Stops everything. Unsent reports stay stored, and the person's next page sends them. */
  readonly stop: Dispose;
};

export function createClaiming(given: {
  readonly crm: ClaimCrm;
  /** `null`: there is no server, so nothing follows a claim. */
  readonly server: ClaimsServer | null;
  /** The write that our server makes for the person, where the page cannot write itself. */
  readonly write?: Write | undefined;
  readonly me: string;
  readonly storage: () => Storage;
  /** Storage key of this person's reports until the server has them. */
  readonly key: string;
  /** Calls the listener when the connection is back or the computer wakes up. Returns how to unsubscribe. */
  readonly onWake?: (listener: () => void) => Dispose;
}): Claiming {
  const { crm, server, me } = given;
  const stored = storedClaims(given.storage, given.key);
  let unlisten: Dispose | undefined;
  /** Listens only while something is under way, so that an idle page has no listener of ours. */
  const listen = (): void => {
    if (!roster.isStopped() && (roster.active.size > 0 || (server && stored.all().length > 0)))
      unlisten ??= given.onWake?.(wake);
    else {
      unlisten?.();
      unlisten = undefined;
    }
  };
  const roster = createRoster({ onChange: listen, onLook: one => lookAfter([one], true) });
  const { active } = roster;
  const serverWatch = server && createServerWatch({ server, me, roster });
  const find = (press: string): ActivePress | undefined => [...active].find(one => one.press === press);
  const reporter =
    server &&
    createReporter({
      server,
      stored,
      onAnswer(press, claim, isSingle) {
        const one = find(press);
        if (one) serverWatch?.receive(one, claim, isSingle);
      },
      onFailure(press, failure) {
        const one = find(press);
        if (one) roster.mark(one, { kind: 'later', failure });
      },
    });

  const lookAfter = (ones: readonly ActivePress[], isWanted = false): void => {
    ones.forEach(roster.wake);
    const left = ones.filter(one => one.runs === 0 && one.state.peek().kind === 'unknown');
    left.forEach(one => roster.show(one, { kind: 'checking' }));
    if (left.length > 0) void roster.run(left, () => checkWrites({ crm, me, roster }, left));
    if (isWanted) ones.forEach(one => serverWatch?.look(one));
    serverWatch?.watch(ones);
    if (ones.some(({ status }) => status.peek().kind === 'later')) reporter?.wake();
  };
  const wake = (): void => {
    reporter?.wake();
    lookAfter([...active].filter(one => isUnsettled(one.state.peek()) || !one.isWatched));
  };
  const isActive = (contactId: string): boolean => [...active].some(one => one.contactId === contactId);

  /** Takes up the presses of an earlier page. */
  const resume = (): void => {
    const ones = stored
      .all()
      .filter(({ keptAt }) => Math.abs(Date.now() - keptAt) < RESUME_MS)
      .map(({ claim: { press, contact: contactId, base, to, plan, at, outcome } }) => {
        const start = { press, state: { kind: 'checking' }, status: { kind: 'sending' } } as const;
        return Object.assign(roster.add(to, { contactId, base, plan }, start), { at, outcome });
      });
    if (ones.length > 0) void roster.run(ones, () => checkWrites({ crm, me, roster }, ones));
  };
  if (reporter) {
    resume();
    reporter.wake();
    listen();
  }

  return {
    press(to, presses) {
      const ones = presses.map(asked =>
        roster.add(to, withinLimits(asked), {
          press: crypto.randomUUID(),
          state: { kind: 'asking' },
          status: { kind: 'none' },
        }),
      );
      listen();
      void roster.run(ones, () => (given.write ?? write)({ crm, server, reporter, me, roster }, to, ones));
      return ones;
    },
    of: contactId => [...active].find(one => one.contactId === contactId && isShown(one)) ?? null,
    async recall(contact, shown) {
      if (!server || isActive(contact.id)) return null;
      const claim = await server.latest(contact.id);
      if (!claim || isActive(contact.id)) return null;
      const { press, base, to, owner, since, at } = claim;
      const isNews =
        claim.state === 'void' &&
        owner !== to &&
        contact.ownerId === owner &&
        Math.abs(contact.readAt - at) < NEWS_SECONDS;
      const before = shown?.status.peek();
      // Only the answer to a report says what the chat service knows.
      const chat = claim.chat.kind === 'waiting' ? CHAT_UNCHANGED : claim.chat;
      const known = {
        ...claim,
        chat: before?.kind === 'known' && chat === CHAT_UNCHANGED ? before.claim.chat : chat,
      };
      const isOfInterest = isUnderWay(known) || hasProblem(known) || press === shown?.press;
      if (!isNews && !(contact.ownerId === to && isOfInterest)) return null;
      const state: ClaimState = isNews
        ? { kind: 'withdrawn', ownerId: owner, since }
        : { kind: to === me ? 'mine' : 'given', contact };
      const asked = { contactId: contact.id, base, plan: NO_PLAN };
      const one = roster.add(to, asked, { press, state, status: { kind: 'none' } });
      one.isRecalled = true;
      roster.mark(one, { kind: 'known', claim: known, isWatched: true });
      serverWatch?.watch([one]);
      return one;
    },
    lookNow: contactIds => lookAfter([...active].filter(one => contactIds.includes(one.contactId))),
    stop() {
      roster.stop();
      reporter?.stop();
    },
  };
}

/** The most deals of one client that the server accepts. */
const MOST_DEALS = 50;
const withinLimits = (asked: Press): Press => ({
  ...asked,
  plan: { ...asked.plan, deals: asked.plan.deals?.slice(0, MOST_DEALS) ?? null },
});
