/**
 * What remains to be done once the CRM says whose client this is. Each follow-up is done on its own and retried on its
 * own; one that could not finish waits in the outbox (outbox.ts), so it is plain JSON: ids, and words that are
 * not sent yet. None of them starts before the CRM has confirmed the change of responsible.
 */
import type { ReadonlySignal } from '@preact/signals';
import { KEY_TOO_WEAK, NOT_CONNECTED, NOT_HEARD, ROLE_REQUIRED } from '../../chat/chat.ts';
import type { DealMove } from '../../../domain/deal.ts';
import { isOneOf } from '../../../domain/one-of.ts';
import { asFailure, leavesOpen, type Failure } from '../../http/failure.ts';
import type { Contact, Undo } from '../../host/host.ts';

export type FollowUp =
  /**
   * Has the server make the chat service's copy of the contact say what the CRM says now. `ownerId`: whom we made
   * responsible, for the words about it.
   */
  | { readonly kind: 'chat'; readonly contactId: string; readonly ownerId: string }
  /**
   * Makes `toId` responsible for deals in the CRM and tells the chat service. A deal that is no longer `fromId`'s is
   * left alone. Void once the client is not `whileOwnerId`'s any more.
   */
  | {
      readonly kind: 'deals';
      readonly contactId: string;
      readonly whileOwnerId: string;
      readonly toId: string;
      readonly deals: readonly DealMove[];
    }
  /**
   * A note in the contact's feed. The view composes the whole text, in the account's language; people stand in it as
   * mention.ts has it.
   */
  | { readonly kind: 'note'; readonly contactId: string; readonly text: string }
  /** A task about the contact, for the former owner. `dueAt`: unix seconds. */
  | {
      readonly kind: 'task';
      readonly contactId: string;
      readonly forId: string;
      readonly text: string;
      readonly dueAt: number;
    }
  /** Completes the task by which somebody asked for the client. */
  | { readonly kind: 'answer'; readonly contactId: string; readonly taskId: string; readonly text: string };

/** What became of one deal. `name` is `null` when the CRM does not show the deal any more. */
export type MovedDeal = {
  readonly id: string;
  readonly name: string | null;
  readonly fate:
    | { readonly kind: 'moved' }
    /** Somebody else became responsible for it, or it was closed, since the seller decided. Left alone. */
    | { readonly kind: 'changed'; readonly ownerId: string | null; readonly isOpen: boolean }
    | { readonly kind: 'missing' }
    /** Not moved, `forbidden` or otherwise. */
    | { readonly kind: 'failed'; readonly failure: Failure };
};

/** What the chat service was told. */
export type ChatOutcome =
  /** The chat service knows: the chat has left the other sellers' lists. Numbers that no messenger could know are named. */
  | { readonly kind: 'told'; readonly unreadable: readonly string[] }
  /** The client is nobody's: the contact was removed there, whoever receives new clients sees them. */
  | { readonly kind: 'freed' }
  /** The card has no number that a messenger could know, and the service knows no chat of this client. */
  | { readonly kind: 'nothing-to-tell'; readonly unreadable: readonly string[] }
  /** I have no role that may answer, so the service was not told. */
  | { readonly kind: 'no-role' }
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** How one try of a follow-up ended. */
export type FollowUpOutcome =
  | ChatOutcome
  /** Deal by deal; `chat`: what the chat service was told about those that moved. */
  | { readonly kind: 'moved'; readonly deals: readonly MovedDeal[]; readonly chat: ChatOutcome }
  /** The note or the task is there, or the request is answered. */
  | { readonly kind: 'written' }
  /** Nothing is left to do: the client is deleted, hidden from me, or (deals) somebody else's by now. */
  | { readonly kind: 'void' };

export type FollowUpState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'doing' }
  /** Could not finish yet; is tried again by itself. `at`: milliseconds since the epoch. */
  | { readonly kind: 'later'; readonly outcome: FollowUpOutcome; readonly at: number }
  /** Not tried again by itself; `retry` does, where it failed in part or for good. */
  | { readonly kind: 'over'; readonly outcome: FollowUpOutcome };

/** One follow-up as it is shown. */
export type ShownFollowUp = {
  readonly id: string;
  readonly followUp: FollowUp;
  readonly state: FollowUpState;
};

/** Follow-ups of one person in one account. Outlives cards, and, as far as the browser keeps things, pages. */
export type Outbox = {
  /** All that wait, in order of making, then what ended since this page was loaded and was not dismissed. */
  readonly shown: ReadonlySignal<readonly ShownFollowUp[]>;
  /** Given up without being done, because there were too many or they grew too old. Until dismissed. */
  readonly dropped: ReadonlySignal<readonly FollowUp[]>;
  /**
   * Keeps these and starts them at once. `contact`: as it was just read, which saves the first try a request; with it
   * something new begins, and what ended earlier about this contact is dismissed. Answers with their ids, in order.
   */
  readonly add: (followUps: readonly FollowUp[], contact?: Contact) => readonly string[];
  /** Tries now what waits, or once more what ended. */
  readonly retry: (id: string) => void;
  /** Takes back what waits, unless it is being done or may have been done. Answers with those taken back. */
  readonly cancel: (ids: readonly string[]) => readonly string[];
  /** Takes what ended, and what was dropped, off the screen. */
  readonly dismiss: () => void;
  /** Looks into the storage again, where another tab may have written. */
  readonly look: () => void;
  /** The connection is back: tries at once what found none. */
  readonly online: () => void;
  /** Ends when nothing is being done; for whoever has to know, such as a test. */
  readonly settled: () => Promise<void>;
  /** Begins with what earlier pages left. Its undo stops trying, and keeps what waits. */
  readonly start: () => Undo;
};

/** Whether a failure is one that time may heal. */
export const isPassing = (failure: Failure): boolean =>
  leavesOpen(failure) || isOneOf(failure.code, ['too-many', 'signed-out', 'unpaid', 'cancelled']);

/** The failure for which a follow-up is tried again by itself; `null` when it is over. */
export function passingFailure(outcome: FollowUpOutcome): Failure | null {
  switch (outcome.kind) {
    case 'failed':
      return isPassing(outcome.failure) ? outcome.failure : null;
    case 'moved':
      return (
        outcome.deals
          .flatMap(({ fate }) => (fate.kind === 'failed' && isPassing(fate.failure) ? [fate.failure] : []))
          .at(0) ?? passingFailure(outcome.chat)
      );
    case 'told':
    case 'freed':
    case 'nothing-to-tell':
    case 'no-role':
    case 'not-connected':
    case 'written':
    case 'void':
      return null;
  }
}

/** The chat service cannot be told, and nobody's trying again will change that. */
const WITHOUT_CHAT: ReadonlySet<string | null> = new Set([NOT_HEARD, NOT_CONNECTED, KEY_TOO_WEAK]);

/** A try that ended in a failure. Anything else that was thrown is a defect and goes on. */
export function failed(
  thrown: unknown,
): Extract<ChatOutcome, { kind: 'no-role' | 'not-connected' | 'failed' }> {
  const failure = asFailure(thrown);
  if (WITHOUT_CHAT.has(failure.reason)) return { kind: 'not-connected' };
  return failure.reason === ROLE_REQUIRED ? { kind: 'no-role' } : { kind: 'failed', failure };
}
