/**
 * A press of "I'm responsible": what is known when it happens, what it needs, and what can come of it. Claiming
 * (claim.ts) and settling (settle.ts) both speak of it.
 */
import { isOneOf } from '../../../domain/one-of.ts';
import type { Contact } from '../../host/host.ts';
import type { Failure } from '../../http/failure.ts';
import type { Intent } from './intents.ts';
import type { Turn } from './race.ts';
import type { ClaimCrm } from './record.ts';

export type Press = {
  readonly contactId: string;
  /** The owner whom the seller saw. */
  readonly basedOn: string | null;
  /** Whether a colleague works with the client. One more request then makes sure that they have not just got the client. */
  readonly fromColleague: boolean;
};

export type CrmOutcome =
  | { readonly kind: 'mine'; readonly contact: Contact }
  /** The responsible is not the one whom the seller saw. Nothing was written, or nothing came of it. */
  | { readonly kind: 'changed'; readonly contact: Contact }
  /** The client is a colleague's. `iWasFirst`: they wrote over my claim and have not handed back. */
  | { readonly kind: 'taken'; readonly turn: Turn; readonly iWasFirst: boolean }
  /** The colleague got the client less than a minute ago. */
  | { readonly kind: 'too-soon'; readonly turn: Turn }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  /** Nothing happened. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The write may have happened; the CRM could not be asked, or does not show it yet. It is being watched, unless we `gaveUp`. */
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly gaveUp?: true }
  /** A colleague was first, and the CRM does not let me hand the client back to them. */
  | { readonly kind: 'kept'; readonly firstId: string; readonly failure: Failure | null };

export type Settling = { readonly kind: 'writing' } | { readonly kind: 'checking' } | CrmOutcome;

/** A claim that a card which opens now has to show; one that has ended is told by the card itself. */
export const isOpenEnded = ({ kind }: Settling): boolean =>
  isOneOf(kind, ['writing', 'checking', 'unknown', 'kept']);

export type ClaimGiven = {
  readonly crm: ClaimCrm;
  readonly me: string;
  readonly isFree: (ownerId: string | null) => boolean;
  /** Milliseconds. */
  readonly now: () => number;
  /** Ends early when somebody wants to know at once; with `false` when a newer press has taken over. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Remembers what is about to be written, and forgets it once it is settled. */
  readonly keep: (intent: Intent) => void;
  readonly drop: (contactId: string) => void;
  readonly show: (settling: Settling) => void;
};
