/**
 * A press that makes somebody responsible for a client: what is known when it happens, and what can come of it. A claim, an
 * undo, a hand-over and a client given back are all presses, each with its own target.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { ClaimPlan } from '../../../domain/claim-plan.ts';
import { isOneOf } from '../../../domain/one-of.ts';
import type { ClaimStatus, ClaimRequest } from '../../account/claim.ts';
import type { Contact } from '../../host/host.ts';
import type { Failure } from '../../http/failure.ts';

export type Press = Pick<ClaimRequest, 'base' | 'plan'> & { readonly contactId: string };

/** Nothing but the change of responsible. */
export const NO_PLAN: ClaimPlan = { deals: [], note: null, task: null, answer: null, undoes: null };

export type ClaimState =
  /** The server is asked for the client, and the CRM whose they are. Nothing is written yet. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'writing' }
  /** The answer of the write was lost: the CRM is asked what became of it. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'mine'; readonly contact: Contact }
  /** Made somebody else responsible. */
  | { readonly kind: 'given'; readonly contact: Contact }
  /** A colleague is taking the client just now. Nothing was written. `null`: nobody may say who. */
  | { readonly kind: 'held'; readonly by: string | null }
  /** The responsible is not the one whom the person saw. Nothing was written, or nothing came of it. */
  | { readonly kind: 'changed'; readonly contact: Contact }
  /** It was written, and somebody else was faster: the client goes back to them. */
  | { readonly kind: 'withdrawn'; readonly ownerId: string | null; readonly since: number | null }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  /** Nothing happened. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The write may have happened. The CRM is asked now and then, unless we `gaveUp`. */
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly gaveUp?: true };

/** Somebody waits for it. */
export const isBusy = ({ kind }: { readonly kind: string }): boolean =>
  isOneOf(kind, ['asking', 'writing', 'checking']);
export const isUnsettled = (state: { readonly kind: string }): boolean =>
  isBusy(state) || state.kind === 'unknown';

/** What the server says of a claim. */
export type ServerStatus =
  | { readonly kind: 'none' }
  /** There is no server: nothing follows. */
  | { readonly kind: 'no-server' }
  | { readonly kind: 'sending' }
  /** The server could not be reached. It is told later, also after a reload. */
  | { readonly kind: 'later'; readonly failure: Failure }
  /** `isWatched`: it is asked again by itself. */
  | { readonly kind: 'known'; readonly claim: ClaimStatus; readonly isWatched: boolean };

export type Running = {
  /** Its id. */
  readonly press: string;
  readonly contactId: string;
  readonly state: ReadonlySignal<ClaimState>;
  readonly status: ReadonlySignal<ServerStatus>;
  /** Asks at once what has become of it, and of what follows. */
  readonly look: () => void;
};

/** Something of it has yet to come about. */
export const isUnderWay = ({ state, chat, followUps }: ClaimStatus): boolean =>
  isOneOf(state, ['granted', 'judging']) ||
  (state === 'stands' && (chat.kind === 'waiting' || followUps.some(one => one.state === 'waiting')));

/** Something of it needs a person. */
export const hasProblem = ({ state, chat, followUps }: ClaimStatus): boolean =>
  state === 'stands' &&
  (isOneOf(chat.kind, ['failed', 'without-number', 'no-role']) ||
    followUps.some(
      one =>
        isOneOf(one.state, ['refused', 'failed']) ||
        one.deals.some(({ fate }) => isOneOf(fate, ['refused', 'failed'])),
    ));
