/** Undo: the follow-ups that reverse what a claim's follow-ups did. */
import type { DealMove } from '../../domain/deal.ts';
import type { DealFate, FollowUp } from './follow-up.ts';

/** A follow-up of the undone claim. Follow-ups that were never sent are cancelled elsewhere and need no reversal. */
export type StartedFollowUp = {
  readonly followUp: FollowUp;
  readonly state: 'waiting' | 'done' | 'refused' | 'failed' | 'void';
  /** When it may have been sent, in milliseconds since the epoch; null: certainly not sent. */
  readonly sentAt: number | null;
  readonly deals: readonly DealFate[];
};

/** `employeeId`: the person who undoes the claim. `toId`: the owner who gets the client back. */
type Undo = { readonly contactId: string; readonly employeeId: string; readonly toId: string };

/**
 * `note`: the undo's own note, written only if the claim's note is in the feed. Deals go back to the owners they came from.
 * A deal that has another owner by now stays, and so does one that had no owner, because the CRM cannot remove an owner.
 */
export const reversalOf = (
  started: readonly StartedFollowUp[],
  undo: Undo & { readonly note: string | null },
): readonly FollowUp[] => {
  const there = started.filter(
    ({ state, sentAt }) => state === 'done' || (state === 'waiting' && sentAt !== null),
  );
  return [
    ...started.flatMap(one => returnDeals(one, undo)),
    ...there.flatMap(one => noteUndo(one, undo)),
    ...there.flatMap(one => closeTask(one, undo)),
  ];
};

function returnDeals(
  { followUp: moving, ...progress }: StartedFollowUp,
  { contactId, employeeId, toId }: Undo,
): readonly FollowUp[] {
  if (moving.kind !== 'deals') return [];
  const arriving = progress.state === 'waiting' ? progress.sentAt : null;
  const owners = new Map<string, DealMove[]>();
  for (const { id, fromId } of moving.deals ?? []) {
    // A move that may still be under way is reversed too: a deal with another owner is left alone anyway.
    const wasMoved = arriving !== null || progress.deals.some(one => one.id === id && one.fate === 'moved');
    if (!wasMoved || fromId === null || fromId === moving.toId) continue;
    owners.set(fromId, [...(owners.get(fromId) ?? []), { id, fromId: moving.toId }]);
  }
  return [...owners].map(([ownerId, deals]) => ({
    contactId,
    employeeId,
    kind: 'deals',
    whileOwnerId: toId,
    toId: ownerId,
    baseId: moving.toId,
    deals,
    takesBackSentAt: arriving,
  }));
}

function noteUndo(
  { followUp, state, sentAt }: StartedFollowUp,
  { contactId, employeeId, note }: Undo & { readonly note: string | null },
): readonly FollowUp[] {
  if (followUp.kind !== 'note' || note === null) return [];
  const onlyAfter = state === 'waiting' ? { text: followUp.text, sentAt: sentAt ?? 0 } : null;
  return [{ contactId, employeeId, kind: 'note', text: note, onlyAfter }];
}

/** The former owner no longer has to do anything about the client. */
function closeTask(
  { followUp, sentAt }: StartedFollowUp,
  { contactId, employeeId, note }: Undo & { readonly note: string | null },
): readonly FollowUp[] {
  if (followUp.kind !== 'task') return [];
  const task = { forId: followUp.forId, text: followUp.text, sentAt: sentAt ?? 0 };
  return [{ contactId, employeeId, kind: 'answer', task, text: note ?? '' }];
}
