/**
 * Claims between page and server. A claim is one press of the button that makes an employee the owner of a client.
 * Every call throws a `Failure` and nothing else.
 */
import type { ClaimPlan } from '../../domain/claim-plan.ts';

export type ClaimRequest = {
  /** An id made by the page. Repeating the id means the same press. */
  readonly press: string;
  readonly contact: string;
  /** The owner that the page showed. */
  readonly base: string | null;
  /** The employee who becomes the owner: the person themselves, a colleague or a stand-in owner. */
  readonly to: string;
  readonly plan: ClaimPlan;
};

/**
 * `held`: a colleague is claiming the client; this lasts at most half a minute. `too-many`: the person has reached a
 * limit.
 */
export const GRANTS = ['granted', 'held', 'too-many'] as const;
export type GrantAnswer = {
  readonly press: string;
  readonly kind: (typeof GRANTS)[number];
  /** The colleague who is claiming the client; `null` if the person may not know. */
  readonly by: string | null;
};

export type ClaimReport = ClaimRequest & {
  /** When the client was read, right before the write: unix seconds by the CRM's clock. */
  readonly at: number;
  /** `unknown`: the answer to the write was lost. `stopped`: nothing was written. */
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
/** `refused`: the person's own rights do not allow it. `failed`: the server gave up. */
export const FOLLOW_UP_STATES = ['waiting', 'done', 'refused', 'failed', 'void'] as const;
/** `changed`: the deal got another owner or was closed after the seller decided. */
export const FATES = ['moved', 'changed', 'missing', 'refused', 'failed'] as const;

export type DealFate = {
  readonly id: string;
  /** `null` when the CRM no longer shows the deal. */
  readonly name: string | null;
  readonly fate: (typeof FATES)[number];
  readonly owner: string | null;
};

export type FollowUpStatus = {
  readonly kind: (typeof FOLLOW_UP_KINDS)[number];
  readonly state: (typeof FOLLOW_UP_STATES)[number];
  readonly deals: readonly DealFate[];
};

/** The state of a claim according to the server. */
export type ClaimStatus = Pick<ClaimRequest, 'press' | 'contact' | 'base' | 'to'> & {
  readonly at: number;
  /**
   * `judging`: written, but not yet visible in the CRM's log. `stands`: the claim counts. `void`: a colleague was
   * faster. `released`, `lapsed`: nothing was written.
   */
  readonly state: (typeof CLAIM_STATES)[number];
  /** The rightful owner. */
  readonly owner: string | null;
  /** Unix seconds since which this owner has the client; `null`: since before the claim. */
  readonly since: number | null;
  /**
   * What the chat service knows about the client, and the phone fields without a phone number. `waiting`: an update is
   * under way or was not checked, because only the report of a single claim waits for the chat service. `no-role`: the
   * person has no role that may answer.
   */
  readonly chat: { readonly kind: (typeof CHAT_KINDS)[number]; readonly notNumbers: readonly string[] };
  readonly followUps: readonly FollowUpStatus[];
};

export type ClaimsServer = {
  /** Requests clients. Answers that this version of the page does not understand are left out. */
  readonly grant: (claims: readonly ClaimRequest[]) => Promise<readonly GrantAnswer[]>;
  /** Reports writes. Safe to repeat. The report of a single claim waits a while for the chat service. */
  readonly report: (claims: readonly ClaimReport[]) => Promise<readonly ClaimStatus[]>;
  /** The person's own latest claim of this client within the last day. */
  readonly latest: (contactId: string, signal?: AbortSignal) => Promise<ClaimStatus | null>;
};
