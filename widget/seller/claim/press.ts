/**
 * A press that makes an employee responsible for a client: its request, its states and what the server says about it.
 * Claiming, undoing, handing over and giving back are all presses, each with a different target.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { ClaimPlan } from '../../../domain/claim-plan.ts';
import { isOneOf } from '../../../domain/one-of.ts';
import type { ClaimStatus, ClaimRequest } from '../../account/claim.ts';
import type { Contact } from '../../host/host.ts';
import type { Failure } from '../../http/failure.ts';

export type Press = Pick<ClaimRequest, 'base' | 'plan'> & { readonly contactId: string };

/** Only the responsible changes, and nothing follows. */
export const NO_PLAN: ClaimPlan = { deals: [], note: null, task: null, answer: null, undoes: null };

export type ClaimState =
  /** The server is asked for a grant and the CRM for the owner. Nothing is written yet. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'writing' }
  /** The answer to the write was lost. The CRM is read to see whether it arrived. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'mine'; readonly contact: Contact }
  /** The other person is responsible now, as intended. */
  | { readonly kind: 'given'; readonly contact: Contact }
  /** A colleague is taking the client just now. Nothing was written. `by` is `null` when I may not know who. */
  | { readonly kind: 'held'; readonly by: string | null }
  /** The responsible is not the one that the person saw. Nothing was written, or the write had no effect. */
  | { readonly kind: 'changed'; readonly contact: Contact }
  /** It was written, but another claim was earlier. The client goes back to the rightful owner, `ownerId`. */
  | { readonly kind: 'withdrawn'; readonly ownerId: string | null; readonly since: number | null }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** It may have been written. The CRM is read now and then, unless we `gaveUp`. */
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly gaveUp?: true };

/** The person is waiting for it. */
export const isBusy = ({ kind }: { readonly kind: string }): boolean =>
  isOneOf(kind, ['asking', 'writing', 'checking']);
export const isUnsettled = (state: { readonly kind: string }): boolean =>
  isBusy(state) || state.kind === 'unknown';

/** What the server says about a press, and whether it has our report. */
export type ServerStatus =
  | { readonly kind: 'none' }
  /** There is no server, so nothing follows. */
  | { readonly kind: 'no-server' }
  | { readonly kind: 'sending' }
  /** The server could not be reached. The report is sent later, also after a reload. */
  | { readonly kind: 'later'; readonly failure: Failure }
  /** `isWatched`: the server is asked again without a press. */
  | { readonly kind: 'known'; readonly claim: ClaimStatus; readonly isWatched: boolean };

export type Running = {
  /** Id of the press. */
  readonly press: string;
  readonly contactId: string;
  readonly state: ReadonlySignal<ClaimState>;
  readonly status: ReadonlySignal<ServerStatus>;
  /** Checks at once what became of it and of what follows. */
  readonly look: () => void;
};

/** The verdict, the chat or a follow-up is still open. */
export const isUnderWay = ({ state, chat, followUps }: ClaimStatus): boolean =>
  isOneOf(state, ['granted', 'judging']) ||
  (state === 'stands' && (chat.kind === 'waiting' || followUps.some(one => one.state === 'waiting')));

/** The chat or a follow-up needs a person's attention. */
export const hasProblem = ({ state, chat, followUps }: ClaimStatus): boolean =>
  state === 'stands' &&
  (isOneOf(chat.kind, ['failed', 'without-number', 'no-role']) ||
    followUps.some(
      one =>
        isOneOf(one.state, ['refused', 'failed']) ||
        one.deals.some(({ fate }) => isOneOf(fate, ['refused', 'failed'])),
    ));
