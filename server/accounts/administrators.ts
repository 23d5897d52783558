/**
 * Finds out who is an administrator if the CRM's one-time token does not say so. amoCRM's SDK reads such a claim, but its
 * page on tokens does not list it. The CRM is asked then, and its answer is used for a minute.
 */
import type { Crm } from '../crm/crm.ts';
import type { Caller } from '../caller.ts';

const PATIENCE_MILLISECONDS = 5_000;
const BELIEVED_MILLISECONDS = 60_000;
const MOST_KEPT = 10_000;

/**
 * Adds to the caller what the CRM says about their rights. No change if the token says it, or the CRM cannot be asked.
 */
export function administratorsBy(
  { isAdministrator }: Pick<Crm, 'isAdministrator'>,
  now: () => Date,
): (accountId: string, caller: Caller) => Promise<Caller> {
  const known = new Map<string, { readonly isAdmin: boolean; readonly until: number }>();
  return async (accountId, caller) => {
    if (caller.isAdmin !== undefined) return caller;
    const key = `${accountId} ${caller.employeeId}`;
    const kept = known.get(key);
    if (kept && kept.until > now().getTime()) return { ...caller, isAdmin: kept.isAdmin };
    const patience = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const isAdmin = await isAdministrator(accountId, caller.employeeId, patience);
    if (isAdmin === null) return caller;
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, { isAdmin, until: now().getTime() + BELIEVED_MILLISECONDS });
    return { ...caller, isAdmin };
  };
}
