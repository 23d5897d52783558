/**
 * A claim as page and server speak of it: one person's press for one client, whomever it makes responsible. Every call
 * throws a `Failure` and nothing else.
 */
import type { ClaimPlan } from '../../domain/claim-plan.ts';

export type ClaimRequest = {
  /** Made by the page for each press; the same call again is about the same press. */
  readonly press: string;
  readonly contact: string;
  /** The owner whom the page showed. */
  readonly base: string | null;
  /** Whom it makes responsible: oneself, a colleague, a stand-in owner. */
  readonly to: string;
  readonly plan: ClaimPlan;
};

/** `held`: a colleague may write now, for half a minute at most. `too-many`: this person has asked for too many at once. */
export const GRANTS = ['granted', 'held', 'too-many'] as const;
export type GrantAnswer = {
  readonly press: string;
  readonly kind: (typeof GRANTS)[number];
  /** Who holds it, for whoever may know. */
  readonly by: string | null;
};

export type ClaimReport = ClaimRequest & {
  /** When the client was read before the write: unix seconds by the CRM's clock. */
  readonly at: number;
  /** `unknown`: the answer of the write was lost. `stopped`: nothing was written. */
  readonly outcome: 'written' | 'unknown' | 'stopped';
};

export const CLAIM_STATES = ['granted', 'judging', 'stands', 'void', 'released', 'lapsed'] as const;
export const CHAT_KINDS = [
  'waiting',
  'known',
  'without-number',
  'free',
  'gone',
  'no-role',
  'not-connected',
  'failed',
] as const;
export const FOLLOW_UP_KINDS = ['deals', 'note', 'task', 'answer'] as const;
/** `refused`: the person's own rights do not allow it. `failed`: given up. */
export const FOLLOW_UP_STATES = ['waiting', 'done', 'refused', 'failed', 'void'] as const;
/** `changed`: somebody else became responsible for it, or it was closed, since the seller decided. */
export const FATES = ['moved', 'changed', 'missing', 'refused', 'failed'] as const;

export type DealFate = {
  readonly id: string;
  /** `null` when the CRM does not show it any more. */
  readonly name: string | null;
  readonly fate: (typeof FATES)[number];
  readonly owner: string | null;
};

export type FollowUpStatus = {
  readonly kind: (typeof FOLLOW_UP_KINDS)[number];
  readonly state: (typeof FOLLOW_UP_STATES)[number];
  readonly deals: readonly DealFate[];
};

/** What has become of a claim, as far as the server knows. */
export type ClaimStatus = Pick<ClaimRequest, 'press' | 'contact' | 'base' | 'to'> & {
  readonly at: number;
  /**
   * `judging`: written, and the CRM's log has not told yet. `stands`: it counts. `void`: somebody was faster. `released`,
   * `lapsed`: nothing was written.
   */
  readonly state: (typeof CLAIM_STATES)[number];
  /** Whose client it is. */
  readonly owner: string | null;
  /** Since when: unix seconds. */
  readonly since: number | null;
  /**
   * What the chat service knows of the client, and what stands in the card as a phone and can be none. `waiting`: it is being
   * told, or nobody has looked: only who reports a single claim waits for that. `no-role`: I have none that may answer.
   */
  readonly chat: { readonly kind: (typeof CHAT_KINDS)[number]; readonly notNumbers: readonly string[] };
  readonly followUps: readonly FollowUpStatus[];
};

export type ClaimsServer = {
  /** Asks for clients. A claim that this version of the page does not understand the answer of is missing there. */
  readonly grant: (claims: readonly ClaimRequest[]) => Promise<readonly GrantAnswer[]>;
  /** Reports what was written. The same call again is safe. Waits a while for the chat service when it is a single one. */
  readonly report: (claims: readonly ClaimReport[]) => Promise<readonly ClaimStatus[]>;
  /** My own latest claim of this client within a day. */
  readonly latest: (contactId: string, signal?: AbortSignal) => Promise<ClaimStatus | null>;
};
