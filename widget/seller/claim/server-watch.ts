/** Watches what the server says about presses: the verdict, the chat, and how far the follow-ups are. */
import { isOneOf } from '../../../domain/one-of.ts';
import type { ClaimStatus, ClaimsServer } from '../../account/claim.ts';
import { attempt } from '../../work/attempt.ts';
import { isUnderWay } from './press.ts';
import { doneState, reportOf, type ActivePress, type Roster } from './roster.ts';

/** Pauses between questions while the verdict or a follow-up is open. */
const WATCH_MS = [2000, 3000, 5000, 10_000, 20_000];
const ignore = (): void => undefined;
/** Chat states that another answer may change. */
const CHAT_OPEN = ['waiting', 'failed', 'without-number', 'no-role'] as const;
export const CHAT_UNCHANGED: ClaimStatus['chat'] = { kind: 'gone', notNumbers: [] };

type Given = { readonly server: ClaimsServer; readonly me: string; readonly roster: Roster };

export type ServerWatch = {
  /**
   * Processes the server's answer to a report. `null`: it has the report and says nothing. `isSingle`: the report was
   * about one claim.
   */
  readonly receive: (one: ActivePress, claim: ClaimStatus | null, isSingle: boolean) => void;
  /** Asks the server now and then while something is under way. */
  readonly watch: (ones: readonly ActivePress[]) => void;
  /** Asks the server once, regardless of what is known. */
  readonly look: (one: ActivePress) => void;
};

export function createServerWatch(given: Given): ServerWatch {
  const { server, me, roster } = given;
  const received = new Set<ActivePress>();
  /**
   * If the answer says nothing about the chat, the chat shown last stays. Answers about several claims never mention
   * it.
   */
  const show = (one: ActivePress, claim: ClaimStatus, isSingle: boolean): void => {
    const before = one.status.peek();
    const known = before.kind === 'known' ? before.claim : null;
    // The chat was checked before the write arrived, so the earlier answer says nothing about it.
    const isEarly = one.outcome === 'unknown' && known?.state === 'judging' && claim.state === 'stands';
    const chat =
      claim.chat.kind !== 'waiting' || isSingle || isEarly ? claim.chat : (known?.chat ?? CHAT_UNCHANGED);
    roster.mark(one, { kind: 'known', claim: { ...claim, chat }, isWatched: true });
    judge(one, claim);
  };
  const judge = (one: ActivePress, claim: ClaimStatus): void => {
    const { kind } = one.state.peek();
    if (!isOneOf(kind, ['mine', 'given', 'checking', 'unknown'])) return;
    const isLooking = kind === 'checking' || kind === 'unknown';
    if (claim.state === 'void' && claim.owner !== one.to)
      roster.show(
        one,
        isLooking && one.contact
          ? { kind: 'changed', contact: { ...one.contact, ownerId: claim.owner } }
          : { kind: 'withdrawn', ownerId: claim.owner, since: claim.since },
      );
    else if (isLooking && claim.state === 'stands' && one.contact)
      roster.show(one, doneState(one, me, one.contact));
    else if (isLooking && claim.state === 'lapsed') roster.show(one, { kind: 'failed', failure: one.lost });
  };
  const underWay = (ones: readonly ActivePress[]): readonly ActivePress[] =>
    ones.filter(one => {
      const now = one.status.peek();
      return !one.isOver && now.kind === 'known' && isUnderWay(now.claim);
    });
  const ask = async (ones: readonly ActivePress[]): Promise<void> => {
    const [only] = ones;
    const isSingle = ones.length === 1;
    const now = only?.status.peek();
    const isChatOpen = now?.kind === 'known' && isOneOf(now.claim.chat.kind, CHAT_OPEN);
    // A report is sent again to ask about several claims in one request. For a single claim, its answer waits for the
    // chat service.
    const isTold = !isSingle || (isChatOpen && only?.isRecalled === false);
    const claims =
      isTold || !only ? await server.report(ones.map(reportOf)) : [await server.latest(only.contactId)];
    for (const one of ones) {
      const found = claims.find(claim => claim?.press === one.press);
      if (found) show(one, found, isSingle && isTold);
    }
  };
  const poll = async (ones: readonly ActivePress[]): Promise<void> => {
    for (const ms of WATCH_MS) {
      const due = underWay(ones);
      if (due.length === 0 || !(await roster.pause(due, ms))) return;
      await attempt(() => ask(due), ignore);
    }
    for (const one of underWay(ones)) {
      const now = one.status.peek();
      if (now.kind === 'known') roster.mark(one, { ...now, isWatched: false });
    }
  };
  const watch: ServerWatch['watch'] = all => {
    const ones = underWay(all).filter(({ isWatched: isPolled }) => !isPolled);
    if (ones.length === 0) return;
    ones.forEach(one => {
      const now = one.status.peek();
      one.isWatched = true;
      if (now.kind === 'known') roster.mark(one, { ...now, isWatched: true });
    });
    void roster.run(ones, async () => {
      await poll(ones);
      ones.forEach(one => (one.isWatched = false));
    });
  };
  return {
    receive(one, claim, isSingle) {
      if (!claim) return roster.mark(one, { kind: 'none' });
      show(one, claim, isSingle);
      // Claims whose answers arrive together are watched together.
      if (received.size === 0)
        queueMicrotask(() => {
          const ones = [...received];
          received.clear();
          watch(ones);
        });
      received.add(one);
    },
    watch,
    look(one) {
      if (one.status.peek().kind === 'known' && !one.isWatched)
        void roster.run([one], async () => {
          await attempt(() => ask([one]), ignore);
          watch([one]);
        });
    },
  };
}
