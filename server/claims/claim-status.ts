/** A claim as its own page is told of it. */
import type { Followed } from '../chat/copy.ts';
import type { Claim } from './claim.ts';
import type { Claims } from './claims.ts';
import { judge } from './judge.ts';
import { followUpsOf, type FollowUp } from './follow-up.ts';
import { asWriter } from './look.ts';
import type { Step } from './work.ts';
import type { ClaimWork } from './stored-work.ts';

/** What the chat service knows of the client. `waiting`: it is being told, or nobody has looked. */
export type ChatStatus = {
  readonly kind:
    | Exclude<Followed['kind'], 'not-ours'>
    | 'waiting'
    /** Nobody with a role that answers has claimed. */
    | 'no-role'
    | 'not-connected'
    | 'failed';
  /** What stands in the card as a phone and is none. */
  readonly notNumbers: readonly string[];
};

export type ClaimStatus = {
  readonly press: string;
  readonly contact: string;
  readonly base: string | null;
  readonly to: string;
  /** Unix seconds. */
  readonly at: number;
  readonly state: 'granted' | 'judging' | Exclude<Claim['state'], 'open'>;
  /** Whose client it is, and since when, as far as the log has been judged. */
  readonly owner: string | null;
  readonly since: number | null;
  readonly chat: ChatStatus;
  readonly followUps: readonly FollowUpStatus[];
};
export type FollowUpStatus = Pick<Step, 'state' | 'deals'> & { readonly kind: FollowUp['kind'] };

/**
 * This press, or the caller's latest one of the client; null where there is none of theirs.
 *
 * Whoever has not written may not even see the client: `sees` is asked where more would be told than their own words.
 */
export async function claimStatus(
  claims: Pick<Claims, 'store' | 'works' | 'now'>,
  whose: { readonly accountId: string; readonly employeeId: string; readonly contactId: string },
  sees: () => Promise<boolean>,
  press: string | null,
  chat: ChatStatus,
): Promise<ClaimStatus | null> {
  const known = await claims.store.of(whose.accountId, whose.contactId);
  const own = known?.claims.filter(one => one.kind === 'press' && one.employeeId === whose.employeeId) ?? [];
  const claim = press === null ? own.at(-1) : own.find(one => one.press === press);
  if (!known || !claim) return null;
  const works = await claims.works.of(whose.accountId, whose.contactId);
  const mine = works.find(one => one.press === claim.press);
  const { ledger } = known;
  const shown = ledger.events.at(-1)?.after ?? ledger.base;
  const judged = judge(ledger, [], shown, known.claims.map(asWriter));
  const request = {
    press: claim.press,
    contact: whose.contactId,
    base: claim.base,
    to: claim.toId,
    at: claim.from,
    chat,
  };
  const { owner, since } = judged ?? { owner: shown, since: null };
  const hasWritten = ledger.events.some(({ press: one }) => one === claim.press);
  const isOwnReport = owner === claim.base && since === null && claim.state === reportedState(claim);
  const showsAll = isOwnReport || hasWritten || (await sees());
  const state = showsAll ? claim.state : reportedState(claim);
  const work = mine && (showsAll ? mine : { ...mine, state, work: { ...mine.work, steps: null } });
  return {
    ...request,
    state: state === 'open' ? (claim.outcome === null ? 'granted' : 'judging') : state,
    owner: showsAll ? owner : claim.base,
    since: showsAll ? since : null,
    followUps: work ? followUpStatuses(work, whose.contactId, claims.now()) : [],
  };
}

/** As far as its own page has said. */
const reportedState = ({ outcome }: Claim): 'open' | 'released' =>
  outcome === 'stopped' ? 'released' : 'open';

/** What has not begun yet waits: whoever asks has to know that something will follow. */
function followUpStatuses(claim: ClaimWork, contactId: string, now: number): readonly FollowUpStatus[] {
  const { steps, plan } = claim.work;
  if (steps) return steps.map(({ followUp, state, deals }) => ({ kind: followUp.kind, state, deals }));
  if (claim.state !== 'open' && claim.state !== 'stands') return [];
  return followUpsOf({ ...claim, contactId }, plan, now).map(({ kind }) => ({
    kind,
    state: 'waiting',
    deals: [],
  }));
}
