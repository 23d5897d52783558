/** «As it was»: what takes back everything that has followed from a claim. */
import type { DealMove } from '../../domain/deal.ts';
import type { DealFate, FollowUp } from './follow-up.ts';

/** A follow-up of the claim that is taken back. Those that have not begun are cancelled, and are no part of this. */
export type StartedFollowUp = {
  readonly followUp: FollowUp;
  readonly state: 'waiting' | 'done' | 'refused' | 'failed' | 'void';
  /** When it may have been sent; null: certainly never. */
  readonly sentAt: number | null;
  readonly deals: readonly DealFate[];
};

/** Who takes the claim back, and who has the client again. */
type Undo = { readonly contactId: string; readonly employeeId: string; readonly toId: string };

/**
 * `note`: the undo's own text, written only where the claim's note is. Deals go back to whom they were taken from; those that
 * somebody else has by now stay, and so does a deal that was nobody's: the CRM cannot take a responsible away.
 */
export const reversalOf = (
  begun: readonly StartedFollowUp[],
  undo: Undo & { readonly note: string | null },
): readonly FollowUp[] => {
  const there = begun.filter(
    ({ state, sentAt }) => state === 'done' || (state === 'waiting' && sentAt !== null),
  );
  return [
    ...begun.flatMap(one => returnDeals(one, undo)),
    ...there.flatMap(one => noteUndo(one, undo)),
    ...there.flatMap(one => closeTask(one, undo)),
  ];
};

function returnDeals(
  { followUp: moving, ...began }: StartedFollowUp,
  { contactId, employeeId, toId }: Undo,
): readonly FollowUp[] {
  if (moving.kind !== 'deals') return [];
  const arriving = began.state === 'waiting' ? began.sentAt : null;
  const owners = new Map<string, DealMove[]>();
  for (const { id, fromId } of moving.deals ?? []) {
    // What may still be under way is tried: a deal that is not ours is left alone anyway.
    const wasMoved = arriving !== null || began.deals.some(one => one.id === id && one.fate === 'moved');
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

/** What the former owner was told about needs nothing of them any more. */
function closeTask(
  { followUp, sentAt }: StartedFollowUp,
  { contactId, employeeId, note }: Undo & { readonly note: string | null },
): readonly FollowUp[] {
  if (followUp.kind !== 'task') return [];
  const task = { forId: followUp.forId, text: followUp.text, sentAt: sentAt ?? 0 };
  return [{ contactId, employeeId, kind: 'answer', task, text: note ?? '' }];
}
