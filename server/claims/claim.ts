/** A claim: one press of one person who wants a client to be somebody's, and what the server knows of it. */
import type { ClaimPlan } from '../../domain/claim-plan.ts';
import type { Ledger, Writer } from './judge.ts';

export type ClaimRequest = {
  /** Made by the page: the same press asked for again is the same claim. */
  readonly press: string;
  readonly contactId: string;
  /** The owner whom the page showed. */
  readonly base: string | null;
  /** Whom it makes responsible. */
  readonly toId: string;
  readonly plan: ClaimPlan;
};

/** All lock clients in this order: otherwise two lists with the same clients wait for each other. */
export const byContact = (one: ClaimRequest, other: ClaimRequest): number =>
  one.contactId < other.contactId ? -1 : Number(one.contactId > other.contactId);

/** What a page says of its write. `stopped`: nothing was sent. `unknown`: nobody answered. */
export type WriteOutcome = 'written' | 'unknown' | 'stopped';
export type ClaimReport = ClaimRequest & {
  readonly outcome: WriteOutcome;
  /** Unix seconds by the CRM's clock, right before it was written. */
  readonly at: number;
};

/**
 * - `open`: the CRM's log has not shown its write yet
 * - `stands`, `void`: as it was judged
 * - `released`: the page wrote nothing
 * - `lapsed`: nothing was ever written
 */
export type ClaimState = 'open' | 'stands' | 'void' | 'released' | 'lapsed';

export type Claim = {
  readonly press: string;
  readonly kind: Writer['kind'];
  /** Who pressed; of a repair, as whom the server writes. */
  readonly employeeId: string;
  readonly base: string | null;
  readonly toId: string;
  /** Unix seconds; nothing of it was written before. */
  readonly from: number;
  /** When its page last said something, by our clock. Unix seconds. */
  readonly heardAt: number;
  readonly outcome: WriteOutcome | null;
  readonly state: ClaimState;
};

/** All that is known of one client's claims. */
export type ClientClaims = {
  readonly ledger: Ledger;
  /** Another one once the ledger has begun anew. */
  readonly version: number;
  readonly claims: readonly Claim[];
};

export type GrantAnswer =
  | { readonly press: string; readonly kind: 'granted' }
  /** Somebody else is taking the client just now. */
  | { readonly press: string; readonly kind: 'held'; readonly by: string }
  /** So many clients are kept for this person already. */
  | { readonly press: string; readonly kind: 'too-many' };

/** How long a client is kept for whoever asked first. */
export const GRANT_SECONDS = 30;
/** Of one person, at once. */
export const MOST_GRANTS = 50;
/** Of one person in an hour: more than anybody takes over, and few enough to keep. */
export const MOST_CLAIMS = 600;
/** A client whose claims have been quiet for so long begins anew. */
export const QUIET_SECONDS = 10 * 60;
/** For a grant that its page let lapse: the next one of the same person keeps nobody out for that long. */
export const IDLE_SECONDS = 5 * 60;
