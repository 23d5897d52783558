/**
 * Claims that are under way in this page. The page asks the server for the client, writes the responsible as the person, and
 * tells the server, which judges between several and does what follows. This outlives cards: a card that opens on the same
 * client finds its claim here again.
 */
import type { ClaimsServer } from '../../account/claim.ts';
import type { Contact, Dispose } from '../../host/host.ts';
import type { ClaimCrm } from './batch.ts';
import { forgetFormer } from '../../browser/storage.ts';
import { createHearing, NOT_TOLD } from './hearing.ts';
import { keptClaims } from './kept.ts';
import { settle } from './looking.ts';
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
import { createRoster, isShown, type One } from './roster.ts';
import { write, type Write } from './writing.ts';

/** A page that was closed for longer looks at no old write again. */
const RESUME_MS = 10 * 60_000;
/** A claim that went back to somebody longer ago is no news. */
const NEWS_SECONDS = 600;

export type Claiming = {
  /** Makes that person responsible for these clients. A newer press on the same client goes before an older one. */
  readonly press: (to: string, presses: readonly Press[]) => readonly Running[];
  /** The latest press on this client, in this page or before its reload, unless it has come to its end. */
  readonly of: (contactId: string) => Running | null;
  /**
   * Asks the server about a client who was just read: a claim of mine that has yet to come to its end, or needs a person.
   * The one that is `shown` is told anew, also at its end.
   */
  readonly recall: (contact: Contact, shown: Running | null) => Promise<Running | null>;
  /** Looks at once instead of when it is time, and begins to look anew where nobody looks any more. */
  readonly lookNow: (contactIds: readonly string[]) => void;
  /** Leaves what is not told yet to whoever opens the same person's claims next. */
  readonly stop: Dispose;
};

export function createClaiming(given: {
  readonly crm: ClaimCrm;
  /** `null`: none; nothing follows. */
  readonly server: ClaimsServer | null;
  /** Where our server writes for the person. */
  readonly write?: Write | undefined;
  readonly me: string;
  readonly storage: () => Storage;
  /** Where this person's claims are kept until the server has heard. */
  readonly key: string;
  /** Tells, until it is undone, that the connection is back or the computer awake. */
  readonly onWake?: (listener: () => void) => Dispose;
}): Claiming {
  const { crm, server, me } = given;
  forgetFormer(given.storage);
  const kept = keptClaims(given.storage, given.key);
  let unlisten: Dispose | undefined;
  /** Nothing of ours stays on the page while there is nothing to look after. */
  const listen = (): void => {
    if (!roster.isStopped() && (roster.active.size > 0 || (server && kept.all().length > 0)))
      unlisten ??= given.onWake?.(wake);
    else {
      unlisten?.();
      unlisten = undefined;
    }
  };
  const roster = createRoster({ onChange: listen, onLook: one => lookAfter([one], true) });
  const { active } = roster;
  const hearing = server && createHearing({ server, me, roster });
  const find = (press: string): One | undefined => [...active].find(one => one.press === press);
  const reporter =
    server &&
    createReporter({
      server,
      kept,
      onTold(press, claim, isAlone) {
        const one = find(press);
        if (one) hearing?.hear(one, claim, isAlone);
      },
      onLater(press, failure) {
        const one = find(press);
        if (one) roster.report(one, { kind: 'later', failure });
      },
    });

  const lookAfter = (ones: readonly One[], isWanted = false): void => {
    ones.forEach(roster.wake);
    const left = ones.filter(one => one.watchers === 0 && one.state.peek().kind === 'unknown');
    left.forEach(one => roster.show(one, { kind: 'checking' }));
    if (left.length > 0) void roster.watched(left, () => settle({ crm, me, roster }, left));
    if (isWanted) ones.forEach(one => hearing?.look(one));
    hearing?.watch(ones);
    if (ones.some(({ report }) => report.peek().kind === 'later')) reporter?.wake();
  };
  const wake = (): void => {
    reporter?.wake();
    lookAfter([...active].filter(one => isUnsettled(one.state.peek()) || !one.isPolled));
  };
  const isActive = (contactId: string): boolean => [...active].some(one => one.contactId === contactId);

  /** Goes on for a page that was reloaded. */
  const resume = (): void => {
    const ones = kept
      .all()
      .filter(({ keptAt }) => Math.abs(Date.now() - keptAt) < RESUME_MS)
      .map(({ claim: { press, contact: contactId, base, to, plan, at, outcome } }) => {
        const first = { press, state: { kind: 'checking' }, report: { kind: 'telling' } } as const;
        return Object.assign(roster.add(to, { contactId, base, plan }, first), { at, outcome });
      });
    if (ones.length > 0) void roster.watched(ones, () => settle({ crm, me, roster }, ones));
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
          report: { kind: 'none' },
        }),
      );
      listen();
      void roster.watched(ones, () =>
        (given.write ?? write)({ crm, server, reporter, me, roster }, to, ones),
      );
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
      const told = shown?.report.peek();
      // How the chat service stands is told only to who reports a claim.
      const chat = claim.chat.kind === 'waiting' ? NOT_TOLD : claim.chat;
      const known = { ...claim, chat: told?.kind === 'told' && chat === NOT_TOLD ? told.claim.chat : chat };
      const isOfInterest = isUnderWay(known) || hasProblem(known) || press === shown?.press;
      if (!isNews && !(contact.ownerId === to && isOfInterest)) return null;
      const state: ClaimState = isNews
        ? { kind: 'withdrawn', ownerId: owner, since }
        : { kind: to === me ? 'mine' : 'given', contact };
      const asked = { contactId: contact.id, base, plan: NO_PLAN };
      const one = roster.add(to, asked, { press, state, report: { kind: 'none' } });
      one.isRecalled = true;
      roster.report(one, { kind: 'told', claim: known, isWatched: true });
      hearing?.watch([one]);
      return one;
    },
    lookNow: contactIds => lookAfter([...active].filter(one => contactIds.includes(one.contactId))),
    stop() {
      roster.stop();
      reporter?.stop();
    },
  };
}

/** The server takes so many deals of one client. */
const MOST_DEALS = 50;
const withinLimits = (asked: Press): Press => ({
  ...asked,
  plan: { ...asked.plan, deals: asked.plan.deals?.slice(0, MOST_DEALS) ?? null },
});
