/** «As it was»: what takes back everything that has followed from a claim. */
import type { DealMove } from '../../domain/deal.ts';
import type { DealFate, FollowUp } from './follow-up.ts';

/** A follow-up of the claim that is taken back. Those that have not begun are cancelled, and are no part of this. */
export type Begun = {
  readonly followUp: FollowUp;
  readonly state: 'waiting' | 'done' | 'refused' | 'failed' | 'void';
  /** When it may have been sent; null: certainly never. */
  readonly sentAt: number | null;
  readonly deals: readonly DealFate[];
};

/**
 * `note`: the undo's own text, written only where the claim's note may be there. Deals go back to whom they were taken from;
 * those that somebody else has by now stay, and so does a deal that was nobody's: the CRM cannot take a responsible away.
 */
export function reversalOf(
  begun: readonly Begun[],
  undo: {
    readonly contact: string;
    readonly person: string;
    /** Who has the client again. */
    readonly to: string;
    readonly note: string | null;
  },
): readonly FollowUp[] {
  const { contact, person, to, note } = undo;
  const there = begun.filter(({ state, sentAt }) => state === 'done' || sentAt !== null);
  const isNoted = there.some(({ followUp, state }) => followUp.kind === 'note' && mayBe(state));
  return [
    ...there.flatMap(one => returning(one, undo)),
    ...(note !== null && isNoted ? [{ contact, person, kind: 'note', text: note } as const] : []),
    ...there.flatMap(({ followUp, state, sentAt }) =>
      followUp.kind === 'task' && mayBe(state)
        ? [
            {
              contact,
              person,
              kind: 'answer',
              task: { forId: followUp.forId, text: followUp.text, sentAt: sentAt ?? 0 },
              text: note ?? '',
            } as const,
          ]
        : [],
    ),
  ];
  function mayBe(state: Begun['state']): boolean {
    return state === 'done' || state === 'waiting';
  }
  function returning(one: Begun, { contact, person }: typeof undo): readonly FollowUp[] {
    const moving = one.followUp;
    if (moving.kind !== 'deals') return [];
    const owners = new Map<string, DealMove[]>();
    for (const { id, fromId } of (moving.deals ?? []).filter(deal => wasMoved(one, deal))) {
      if (fromId === null || fromId === moving.toId) continue;
      owners.set(fromId, [...(owners.get(fromId) ?? []), { id, fromId: moving.toId }]);
    }
    return [...owners].map(([ownerId, deals]) => ({
      contact,
      person,
      kind: 'deals',
      whileOwnerId: to,
      toId: ownerId,
      baseId: moving.toId,
      deals,
    }));
  }
}

/** What may still be under way is tried: a deal that is not ours is left alone anyway. */
const wasMoved = ({ state, deals }: Begun, { id }: DealMove): boolean =>
  state === 'waiting' || deals.some(one => one.id === id && one.fate === 'moved');
