/**
 * A claim in one request, for a CRM whose page cannot write by itself: grants the client, reads it, writes it as the person and
 * records the outcome.
 *
 * Safe to repeat: the write is recorded before it is sent. Of several requests for the same press, only the one that records it
 * first writes. A crash in between leaves a grant that the server looks at by itself, as it does after a page died.
 */
import { CrmUnanswered, whenUnanswered } from '../crm/unanswered.ts';
import type { CrmTaking, ShownContact } from '../crm/taking.ts';
import type { ClaimReport, ClaimRequest, WriteOutcome } from './claim.ts';
import type { ClaimStore } from './claim-store.ts';

/** A write that is sent later than this may arrive after the 30 seconds of the grant. */
const WRITE_WITHIN_MILLISECONDS = 10_000;

/**
 * - `written`: the new owner is in the CRM
 * - `unknown`: the CRM did not answer the write, and reading the client did not settle it
 * - `changed`: the owner is not the one that the person saw, or was changed again right after the write
 * - `held`: a colleague has the grant
 * - `too-many`: this person has reached a limit on grants or claims
 * - `forbidden`: the person lacks the right to write
 * - `missing`: the client is gone, or hidden from the person
 * - `refused`: the CRM rejects the write, whoever sends it
 * - `unreachable`: the CRM does not answer. Nothing was written
 * - `budget-gone`: the company has used up what it may ask of the CRM today. Nothing was written
 */
export type Taken =
  | { readonly kind: 'written' | 'changed'; readonly contact: ShownContact }
  | { readonly kind: 'held'; readonly by: string }
  | { readonly kind: 'unknown' | 'too-many' | 'forbidden' | 'missing' | 'refused' | Unasked };

/** Why the CRM could not be asked. */
type Unasked = 'unreachable' | 'budget-gone';

export type TakingGiven = {
  readonly store: Pick<ClaimStore, 'grant' | 'report' | 'reportFirst' | 'of'>;
  readonly crm: CrmTaking;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly whose: { readonly accountId: string; readonly employeeId: string };
};

export async function take({ store, crm, now, whose }: TakingGiven, asked: ClaimRequest): Promise<Taken> {
  const { accountId, employeeId } = whose;
  const { contactId, press, base, toId } = asked;
  const read = () => crm.contact(employeeId, contactId);
  const reportOf = (outcome: WriteOutcome): ClaimReport => ({
    ...asked,
    outcome,
    at: Math.floor(now() / 1000),
  });
  const record = (outcome: WriteOutcome): Promise<void> =>
    store.report(accountId, employeeId, [reportOf(outcome)], now());
  /** False where another request for the same press has recorded an outcome already. */
  const recordFirst = (outcome: WriteOutcome): Promise<boolean> =>
    store.reportFirst(accountId, employeeId, reportOf(outcome), now());
  const stopped = async (taken: Taken): Promise<Taken> => {
    await record('stopped');
    return taken;
  };
  const stoppedFirst = async (taken: Taken): Promise<Taken> =>
    (await recordFirst('stopped')) ? taken : checkWrite();
  /** Reads the client after a write without an answer, or one by an earlier request for the same press. */
  async function checkWrite(): Promise<Taken> {
    const contact = await read().catch(whenUnanswered(undefined));
    if (contact?.ownerId !== toId)
      return contact && contact.ownerId !== base ? { kind: 'changed', contact } : UNKNOWN;
    await record('written');
    return { kind: 'written', contact };
  }

  const startedAt = now();
  const [granted] = await store.grant(accountId, employeeId, [asked], startedAt);
  if (granted?.kind === 'held') return { kind: 'held', by: granted.by };
  if (granted?.kind !== 'granted') return { kind: 'too-many' };
  const known = (await store.of(accountId, contactId))?.claims.find(one => one.press === press);
  if (known?.outcome === 'written' || known?.outcome === 'unknown') return checkWrite();

  const shown = await read().catch(whyUnasked);
  if (typeof shown === 'string') return stoppedFirst({ kind: shown });
  if (shown === null) return stoppedFirst({ kind: 'missing' });
  if (shown.ownerId !== base) return stoppedFirst({ kind: 'changed', contact: shown });
  const isTooLate = (): boolean => now() - startedAt > WRITE_WITHIN_MILLISECONDS;
  if (isTooLate()) return stoppedFirst({ kind: 'unreachable' });
  if (!(await recordFirst('unknown'))) return checkWrite();
  const written = await crm.setOwner(employeeId, contactId, toId, isTooLate).catch((error: unknown) => {
    if (error instanceof CrmUnanswered && error.mayBeDone) return 'unanswered' as const;
    return whyUnasked(error);
  });
  if (written === 'unanswered') return checkWrite();
  if (written === 'unreachable' || written === 'budget-gone') return stopped({ kind: written });
  if (written !== 'done') return stopped({ kind: written === 'refused' ? 'forbidden' : 'refused' });
  await record('written');
  // A person who gave the client away may no longer see them. The write succeeded anyway.
  const after = await read().catch(whenUnanswered(null));
  if (after && after.ownerId !== toId) return { kind: 'changed', contact: after };
  return { kind: 'written', contact: after ?? { ...shown, ownerId: toId } };
}

const UNKNOWN = { kind: 'unknown' } as const;

/** For `catch`. Any other error goes on. */
function whyUnasked(error: unknown): Unasked {
  if (!(error instanceof CrmUnanswered)) throw error;
  return error.isBudgetGone ? 'budget-gone' : 'unreachable';
}
