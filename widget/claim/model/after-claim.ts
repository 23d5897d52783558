/** What follows once the CRM has confirmed a claim: in the chat service, in the deals, and for whoever had the client before. */
import type { Deal } from '../../../domain/deal.ts';
import type { Employee } from '../../../domain/employee.ts';
import type { ClaimRules } from '../../../domain/own-rules.ts';
import { dealsAlong, movesOf } from '../../../domain/deals-along.ts';
import type { DealMove } from '../../../domain/deal.ts';
import type { FollowUp } from '../follow-up/follow-up.ts';
import { moving } from '../follow-up/hand-over.ts';
import type { Letters } from '../follow-up/letters.ts';

/** What is written for other people: whole texts, `null` for none. */
export type Told = {
  readonly note: string | null;
  /** For the former owner, if the admin wants it and there is somebody to read it. */
  readonly task: { readonly forId: string; readonly text: string } | null;
};

export const toldBy = (
  { note, task }: Pick<ClaimRules, 'note' | 'task'>,
  letters: Letters,
  former: Employee | null,
  reason: string,
): Told => ({
  note: note ? letters.claimed(former, reason) : null,
  task: task && former ? { forId: former.id, text: letters.toFormer(reason) } : null,
});

/** In this time the former owner should have seen it. */
const SEEN_SECONDS = 24 * 3600;

export const afterClaim = (
  { contactId, me, now }: { readonly contactId: string; readonly me: string; readonly now: number },
  moves: readonly DealMove[],
  { note, task }: Told,
): readonly FollowUp[] => [
  { kind: 'chat', contactId, ownerId: me },
  ...moving(contactId, me, me, moves),
  ...(note === null ? [] : [{ kind: 'note', contactId, text: note } as const]),
  ...(task
    ? [{ kind: 'task', contactId, ...task, dueAt: Math.floor(now / 1000) + SEEN_SECONDS } as const]
    : []),
];

/** The deals of a client that nobody has looked at: they come only where the admin says that they always do. Throws what reading throws. */
export async function usualMoves(
  given: Omit<Parameters<typeof dealsAlong>[0], 'deals' | 'ticks'> & {
    readonly dealIds: readonly string[];
    readonly read: (dealIds: readonly string[]) => Promise<readonly Deal[]>;
  },
): Promise<readonly DealMove[]> {
  if (given.rule !== 'always' || given.dealIds.length === 0) return [];
  return movesOf(dealsAlong({ ...given, deals: await given.read(given.dealIds) }));
}
