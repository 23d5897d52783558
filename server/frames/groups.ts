/**
 * The visibility groups of an account, kept for an hour. An answer that came whole is everybody's. Who may not read them is told
 * so for themselves alone, and is not asked for again within that hour either, because the question costs as much as twenty
 * reads of a client.
 */
import type { AskPlainly, FramedGroup, FramedKit } from '../crm/framed.ts';
import { keptFor } from './kept-for.ts';

const KEPT_MILLISECONDS = 3_600_000;

/** Null where they cannot be told: no page waits or fails for them. */
export type GroupsOf = (
  whose: { readonly accountId: string; readonly employeeId: string },
  ask: AskPlainly,
) => Promise<readonly FramedGroup[] | null>;

export function groupsKept(now: () => Date, read: FramedKit['pages']['groups']): GroupsOf {
  const whole = keptFor<readonly FramedGroup[]>(now, KEPT_MILLISECONDS);
  const told = keptFor<readonly FramedGroup[] | null>(now, KEPT_MILLISECONDS);
  return async ({ accountId, employeeId }, ask) =>
    whole(accountId, async () => {
      const found = await told(`${accountId} ${employeeId}`, () => read(ask));
      if (!found) throw new Error('They may not know the groups');
      return found;
    }).catch(() => null);
}
