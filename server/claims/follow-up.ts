/**
 * What follows a claim once it counts. Follow-ups are done one by one, in this order. Each is plain JSON that names people
 * by their ids only, so that no names are stored.
 */
import { isBlank } from '../../domain/blank.ts';
import type { ClaimPlan } from '../../domain/claim-plan.ts';
import type { DealMove } from '../../domain/deal.ts';

export type FollowUp = {
  readonly contactId: string;
  /** The person who pressed. The follow-up is done in their name. */
  readonly employeeId: string;
} & (
  | {
      readonly kind: 'deals';
      /** The deals move only while the client has this owner. */
      readonly whileOwnerId: string;
      readonly toId: string;
      /** The client's owner before the claim. */
      readonly baseId: string | null;
      /** Null: the person has not chosen. The admin's rule selects the deals when this is done. */
      readonly deals: readonly DealMove[] | null;
      /** For an undo: when the move that it reverses was sent, if it may still arrive. Milliseconds since the epoch. */
      readonly takesBackSentAt: number | null;
    }
  /** `onlyAfter`: for an undo, the claim's own note. Without it in the feed nothing is written. */
  | { readonly kind: 'note'; readonly text: string; readonly onlyAfter: SentText | null }
  /** `dueAt`: unix seconds. */
  | { readonly kind: 'task'; readonly forId: string; readonly text: string; readonly dueAt: number }
  | { readonly kind: 'answer'; readonly task: TaskTarget; readonly text: string }
);

/** A text that was sent and may have arrived, or may still arrive. `sentAt`: milliseconds since the epoch. */
export type SentText = { readonly text: string; readonly sentAt: number };
/** A task by its id or, if we wrote it and do not know its id, by its text. */
export type TaskTarget = { readonly id: string } | (SentText & { readonly forId: string });

export type DealFate = {
  readonly id: string;
  /** Null when the person cannot see the deal. */
  readonly name: string | null;
  /**
   * - `changed`: it got another owner, or was closed, since the person decided. Left alone
   * - `missing`: deleted, or hidden from the person
   * - `refused`: the person's rights do not allow it
   * - `failed`: not moved for another reason
   */
  readonly fate: 'moved' | 'changed' | 'missing' | 'refused' | 'failed';
  readonly owner: string | null;
};

/** How one try ended. `deals` is empty unless the follow-up moves deals. */
export type FollowUpOutcome =
  | { readonly kind: 'done'; readonly deals: readonly DealFate[] }
  /** The person has left, or lacks the right. It is never retried with the service grant. */
  | { readonly kind: 'refused'; readonly deals: readonly DealFate[] }
  /** The CRM rejects it for good. */
  | { readonly kind: 'failed'; readonly deals: readonly DealFate[] }
  /** There is nothing to do. */
  | { readonly kind: 'void' }
  /** `mayBeThere`: a request was sent and may still arrive. `afterMs`: how long to wait at least. */
  | {
      readonly kind: 'later';
      readonly mayBeThere: boolean;
      readonly afterMs: number;
      readonly deals: readonly DealFate[];
    };

/** After this time a request whose answer was lost has arrived, or never will. */
export const ARRIVAL_MILLISECONDS = 60_000;
/** How long the former owner has to read the task about their client. */
const TASK_DUE_SECONDS = 24 * 3600;

/** `at`: when the claim was judged, in milliseconds since the epoch. Reversing an earlier claim is up to `reversalOf`. */
export function followUpsOf(
  claim: {
    readonly contactId: string;
    readonly employeeId: string;
    readonly base: string | null;
    readonly toId: string;
  },
  plan: ClaimPlan,
  at: number,
): readonly FollowUp[] {
  const { contactId, employeeId, base, toId } = claim;
  const { deals, note, task, answer, undoes } = plan;
  const who = { contactId, employeeId };
  const whose = { whileOwnerId: toId, toId, baseId: base, takesBackSentAt: null };
  const bringsDeals = undoes === null ? deals?.length !== 0 : deals !== null && deals.length > 0;
  const dueAt = Math.floor(at / 1000) + TASK_DUE_SECONDS;
  const planned: readonly (FollowUp | false | null)[] = [
    bringsDeals && { ...who, kind: 'deals', ...whose, deals },
    note !== null &&
      undoes === null &&
      !isBlank(note) && { ...who, kind: 'note', text: note, onlyAfter: null },
    task && !isBlank(task.text) && { ...who, kind: 'task', forId: task.forId, text: task.text, dueAt },
    answer && { ...who, kind: 'answer', task: { id: answer.taskId }, text: answer.text },
  ];
  return planned.filter(one => one !== false && one !== null);
}
