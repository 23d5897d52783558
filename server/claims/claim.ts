/** A claim: one person's press that makes an employee responsible for a client, and what the server knows about it. */
import type { ClaimPlan } from '../../domain/claim-plan.ts';
import type { Ledger, Writer } from './judge.ts';

export type ClaimRequest = {
  /** Id made by the page. A request with the same press is the same claim. */
  readonly press: string;
  readonly contactId: string;
  /** The owner that the page showed. */
  readonly base: string | null;
  /** The employee who becomes responsible. */
  readonly toId: string;
  readonly plan: ClaimPlan;
};

/** Every transaction locks clients in this order. Otherwise two lists with the same clients could deadlock. */
export const byContact = (one: ClaimRequest, other: ClaimRequest): number =>
  one.contactId < other.contactId ? -1 : Number(one.contactId > other.contactId);

/** What a page reports about its write. `stopped`: nothing was sent. `unknown`: the answer was lost. */
export type WriteOutcome = 'written' | 'unknown' | 'stopped';
export type ClaimReport = ClaimRequest & {
  readonly outcome: WriteOutcome;
  /** When the client was read, right before the write. Unix seconds by the CRM's clock. */
  readonly at: number;
};

/**
 * - `open`: the CRM's log does not show its write yet
 * - `stands`, `void`: the verdict
 * - `released`: the page reported that it wrote nothing
 * - `lapsed`: no write ever showed up
 */
export type ClaimState = 'open' | 'stands' | 'void' | 'released' | 'lapsed';

export type Claim = {
  readonly press: string;
  readonly kind: Writer['kind'];
  /** The person who pressed. For a repair, the one whose grant the server writes with. */
  readonly employeeId: string;
  readonly base: string | null;
  readonly toId: string;
  /** Its write cannot be older than this. Unix seconds. */
  readonly from: number;
  /** When its page last asked or reported, by our clock. Unix seconds. */
  readonly heardAt: number;
  readonly outcome: WriteOutcome | null;
  readonly state: ClaimState;
};

/** Everything known about one client's claims. */
export type ClientClaims = {
  readonly ledger: Ledger;
  /** Counts how often the ledger has started over. */
  readonly version: number;
  readonly claims: readonly Claim[];
};

export type GrantAnswer =
  | { readonly press: string; readonly kind: 'granted' }
  /** A colleague has the grant. */
  | { readonly press: string; readonly kind: 'held'; readonly by: string }
  /** This person has reached a limit on grants or claims. */
  | { readonly press: string; readonly kind: 'too-many' };

/** How long a grant lasts. */
export const GRANT_SECONDS = 30;
/** Open grants of one person at a time. */
export const MOST_GRANTS = 50;
/** Claims of one person in an hour: more than a person needs, and few enough to store. */
export const MOST_CLAIMS = 600;
/** A client without claims for this long gets a new ledger with the next one. */
export const QUIET_SECONDS = 10 * 60;
/** After a person lets a grant lapse, their next grants of the client are not exclusive for this long. */
export const IDLE_SECONDS = 5 * 60;
