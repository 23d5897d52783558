/**
 * The visibility groups of an account, cached for an hour. An answer serves all employees of the account. A refusal applies
 * only to the employee who was refused. It is cached too, because the request costs as much as reading twenty clients.
 */
import type { AskPlainly, FramedGroup, FramedKit } from '../crm/framed.ts';
import { keptFor } from './kept-for.ts';

const KEPT_MILLISECONDS = 3_600_000;

/** Null if they cannot be read. A page works without them. */
export type GroupsOf = (
  whose: { readonly accountId: string; readonly employeeId: string },
  ask: AskPlainly,
) => Promise<readonly FramedGroup[] | null>;

export function groupsKept(now: () => Date, read: FramedKit['pages']['groups']): GroupsOf {
  const forAccount = keptFor<readonly FramedGroup[]>(now, KEPT_MILLISECONDS);
  const forEmployee = keptFor<readonly FramedGroup[] | null>(now, KEPT_MILLISECONDS);
  return async ({ accountId, employeeId }, ask) =>
    forAccount(accountId, async () => {
      const found = await forEmployee(`${accountId} ${employeeId}`, () => read(ask));
      if (!found) throw new Error('This person may not read the groups');
      return found;
    }).catch(() => null);
}
