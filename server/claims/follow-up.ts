/**
 * What follows a claim once it counts. Each follow-up is done on its own, in order of making, and is plain JSON: ids, and texts
 * in which people stand by their ids, so that no name is kept.
 */
import { isBlank } from '../../domain/blank.ts';
import type { ClaimPlan } from '../../domain/claim-plan.ts';
import type { DealMove } from '../../domain/deal.ts';

export type FollowUp = {
  readonly contactId: string;
  /** Who does it: whoever has pressed. */
  readonly employeeId: string;
} & (
  | {
      readonly kind: 'deals';
      /** A client who is somebody else's by now has taken the deals' reason along. */
      readonly whileOwnerId: string;
      readonly toId: string;
      /** Who had the client before. */
      readonly baseId: string | null;
      /** Null: those that the admin's rules always bring along, as they are when this is done. */
      readonly deals: readonly DealMove[] | null;
      /** Of an undo: what it takes back was sent then, in milliseconds since the epoch, and nobody knows whether it has arrived. */
      readonly takesBackSentAt: number | null;
    }
  /** `onlyAfter`: of an undo, which notes nothing where the claim's own note has not arrived. */
  | { readonly kind: 'note'; readonly text: string; readonly onlyAfter: SentText | null }
  /** `dueAt`: unix seconds. */
  | { readonly kind: 'task'; readonly forId: string; readonly text: string; readonly dueAt: number }
  | { readonly kind: 'answer'; readonly task: TaskTarget; readonly text: string }
);

/** What may be there, or may arrive yet. `sentAt`: milliseconds since the epoch. */
export type SentText = { readonly text: string; readonly sentAt: number };
/** A task by its id, or one that was written without anybody having kept its id. */
export type TaskTarget = { readonly id: string } | (SentText & { readonly forId: string });

export type DealFate = {
  readonly id: string;
  /** Null where the person is not shown the deal. */
  readonly name: string | null;
  /**
   * - `changed`: somebody else's, or closed, since the person decided. Left alone
   * - `missing`: deleted, or not shown to the person
   * - `refused`: the person's rights do not allow it
   * - `failed`: not moved for another reason
   */
  readonly fate: 'moved' | 'changed' | 'missing' | 'refused' | 'failed';
  readonly owner: string | null;
};

/** How one try ended. `deals` is empty for whatever is not about deals. */
export type FollowUpOutcome =
  | { readonly kind: 'done'; readonly deals: readonly DealFate[] }
  /** The person has left, or may not. It is never made up for by the account's own rights. */
  | { readonly kind: 'refused'; readonly deals: readonly DealFate[] }
  /** The CRM does not take it, and never will. */
  | { readonly kind: 'failed'; readonly deals: readonly DealFate[] }
  /** Nothing is left to do. */
  | { readonly kind: 'void' }
  /** `mayBeThere`: something was sent, and may arrive yet; else nothing was. `afterMs`: not before so long. */
  | {
      readonly kind: 'later';
      readonly mayBeThere: boolean;
      readonly afterMs: number;
      readonly deals: readonly DealFate[];
    };

/** In this time a request whose answer was lost has arrived, or never will. */
export const ARRIVAL_MILLISECONDS = 60_000;
/** For whoever is told that their client is a colleague's now. */
const TASK_DUE_SECONDS = 24 * 3600;

/** `at`: when the claim was judged, in milliseconds since the epoch. What an undo takes back is `reversalOf`'s. */
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
