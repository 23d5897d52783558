/** What follows once a claim counts: deals move, a note goes into the feed, and the former owner gets a task. */
import type { ClaimPlan } from '../../../../domain/claim-plan.ts';
import type { DealMove } from '../../../../domain/deal.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { ClaimRules } from '../../../../domain/own-rules.ts';
import { NO_PLAN } from '../../claim/press.ts';
import type { Letters } from '../../colleagues/letters.ts';

/** `deals`: `null` if they were not read. `former`: the colleague who had the client. */
export const planOfClaim = (
  { note, task }: Pick<ClaimRules, 'note' | 'task'>,
  letters: Letters,
  {
    deals,
    former,
    reason,
  }: {
    readonly deals: readonly DealMove[] | null;
    readonly former: Employee | null;
    readonly reason: string;
  },
): ClaimPlan => ({
  ...NO_PLAN,
  deals,
  note: note ? letters.claimed(former, reason) : null,
  task: task && former ? { forId: former.id, text: letters.toFormer(reason) } : null,
});
