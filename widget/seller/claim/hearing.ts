/** What the server says of claims: that they stand, that somebody was faster, and how far what follows has come. */
import { isOneOf } from '../../../domain/one-of.ts';
import type { Claim, ClaimsServer } from '../../account/claim.ts';
import { attempt } from '../../work/attempt.ts';
import { isUnderWay } from './press.ts';
import { doneOf, toldOf, type One, type Roster } from './roster.ts';

/** While the server judges, or something has yet to follow. */
const WATCH_MS = [2000, 3000, 5000, 10_000, 20_000];
const ignore = (): void => undefined;
/** It may be another one when it is asked for again. */
const CHAT_OPEN = ['waiting', 'failed', 'without-number', 'no-role'] as const;
export const NOT_TOLD: Claim['chat'] = { kind: 'gone', notNumbers: [] };

type Given = { readonly server: ClaimsServer; readonly me: string; readonly roster: Roster };

export type Hearing = {
  /** `null`: the server has heard of the claim, and says nothing. */
  readonly hear: (one: One, claim: Claim | null, isAlone: boolean) => void;
  /** Asks for as long as something is under way. */
  readonly watch: (ones: readonly One[]) => void;
  /** Asks once, whatever is known. */
  readonly look: (one: One) => void;
};

export function createHearing(given: Given): Hearing {
  const { server, me, roster } = given;
  const heard = new Set<One>();
  /** What is not told of the chat service is as it was told last; of many it is never told. */
  const take = (one: One, claim: Claim, isAlone: boolean): void => {
    const before = one.report.peek();
    const known = before.kind === 'told' ? before.claim : null;
    // What was looked at before the write had arrived says nothing about it.
    const isEarly = one.outcome === 'unknown' && known?.state === 'judging' && claim.state === 'stands';
    const chat = claim.chat.kind !== 'waiting' || isAlone || isEarly ? claim.chat : (known?.chat ?? NOT_TOLD);
    roster.report(one, { kind: 'told', claim: { ...claim, chat }, isWatched: true });
    judge(one, claim);
  };
  const judge = (one: One, claim: Claim): void => {
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
      roster.show(one, doneOf(one, me, one.contact));
    else if (isLooking && claim.state === 'lapsed') roster.show(one, { kind: 'failed', failure: one.lost });
  };
  const open = (ones: readonly One[]): readonly One[] =>
    ones.filter(one => {
      const now = one.report.peek();
      return !one.isOver && now.kind === 'told' && isUnderWay(now.claim);
    });
  const ask = async (ones: readonly One[]): Promise<void> => {
    const [only] = ones;
    const isAlone = ones.length === 1;
    const now = only?.report.peek();
    const isChatOpen = now?.kind === 'told' && isOneOf(now.claim.chat.kind, CHAT_OPEN);
    // The same report once more: of many it costs one request, of one it waits for the chat service.
    const isTold = !isAlone || (isChatOpen && only?.isRecalled === false);
    const claims =
      isTold || !only ? await server.tell(ones.map(toldOf)) : [await server.latest(only.contactId)];
    for (const one of ones) {
      const found = claims.find(claim => claim?.press === one.press);
      if (found) take(one, found, isAlone && isTold);
    }
  };
  const poll = async (ones: readonly One[]): Promise<void> => {
    for (const ms of WATCH_MS) {
      const due = open(ones);
      if (due.length === 0 || !(await roster.pause(due, ms))) return;
      await attempt(() => ask(due), ignore);
    }
    for (const one of open(ones)) {
      const now = one.report.peek();
      if (now.kind === 'told') roster.report(one, { ...now, isWatched: false });
    }
  };
  const watch: Hearing['watch'] = all => {
    const ones = open(all).filter(({ isPolled }) => !isPolled);
    if (ones.length === 0) return;
    ones.forEach(one => {
      const now = one.report.peek();
      one.isPolled = true;
      if (now.kind === 'told') roster.report(one, { ...now, isWatched: true });
    });
    void roster.watched(ones, async () => {
      await poll(ones);
      ones.forEach(one => (one.isPolled = false));
    });
  };
  return {
    hear(one, claim, isAlone) {
      if (!claim) return roster.report(one, { kind: 'none' });
      take(one, claim, isAlone);
      // What is told together is asked about together.
      if (heard.size === 0)
        queueMicrotask(() => {
          const ones = [...heard];
          heard.clear();
          watch(ones);
        });
      heard.add(one);
    },
    watch,
    look(one) {
      if (one.report.peek().kind === 'told' && !one.isPolled)
        void roster.watched([one], async () => {
          await attempt(() => ask([one]), ignore);
          watch([one]);
        });
    },
  };
}
