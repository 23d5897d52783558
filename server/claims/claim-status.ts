/** What the server tells a page about its own claim. */
import type { Followed } from '../chat/copy.ts';
import type { Claim } from './claim.ts';
import type { Claims } from './claims.ts';
import { judge } from './judge.ts';
import { followUpsOf, type FollowUp } from './follow-up.ts';
import { asWriter } from './look.ts';
import type { Step } from './work.ts';
import type { ClaimWork } from './stored-work.ts';

/** What the chat service knows about the client. `waiting`: an update is under way, or nothing was checked. */
export type ChatStatus = {
  readonly kind:
    | Exclude<Followed['kind'], 'not-ours'>
    | 'waiting'
    /** The claimer has no role that may answer, so the client is not loaded. */
    | 'no-role'
    | 'not-connected'
    | 'failed';
  /** Phone fields of the card that contain no phone number. */
  readonly notNumbers: readonly string[];
};

export type ClaimStatus = {
  readonly press: string;
  readonly contact: string;
  readonly base: string | null;
  readonly to: string;
  /** When the page asked for the claim, or when it wrote without asking. Unix seconds. */
  readonly at: number;
  readonly state: 'granted' | 'judging' | Exclude<Claim['state'], 'open'>;
  /** The rightful owner, and since when, as far as the log has been judged. */
  readonly owner: string | null;
  readonly since: number | null;
  readonly chat: ChatStatus;
  readonly followUps: readonly FollowUpStatus[];
};
export type FollowUpStatus = Pick<Step, 'state' | 'deals'> & { readonly kind: FollowUp['kind'] };

/**
 * The status of this press, or of the caller's latest one for the client; null when the caller has none.
 *
 * A caller who has not written may lack the right to see the client. So `sees` is asked before the answer contains more
 * than the caller sent.
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

/** The state as far as the page knows it from its own report. */
const reportedState = ({ outcome }: Claim): 'open' | 'released' =>
  outcome === 'stopped' ? 'released' : 'open';

/** Follow-ups that are not planned yet are shown as waiting, so that the page knows that something will follow. */
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
