/**
 * Taking a client over, free of any screen. The CRM decides who is responsible, so it is read before and after the
 * write; only then the chat service is told, because what sellers see follows its copy. Nothing here is
 * aborted when a card closes: a write that was sent has to be settled.
 */
import type { Contact, HostRecords } from '../host/host.ts';
import { asFailure, leavesOpen, type Failure } from '../http/failure.ts';

export type CrmOutcome =
  | { readonly kind: 'mine'; readonly contact: Contact }
  /** The responsible is not the one the claim was based on. Nothing of ours stands. */
  | { readonly kind: 'changed'; readonly ownerId: string | null }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  /** Nothing happened. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The write may have happened; the CRM could not be asked, or does not show it yet. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export async function claimInCrm(
  records: HostRecords,
  claim: { readonly contactId: string; readonly me: string; readonly basedOn: string | null },
): Promise<CrmOutcome> {
  const before = await read(records, claim.contactId);
  if (before.kind !== 'read') return before;
  if (before.contact.ownerId === claim.me) return { kind: 'mine', contact: before.contact };
  if (before.contact.ownerId !== claim.basedOn) return { kind: 'changed', ownerId: before.contact.ownerId };
  let unanswered: Failure | null = null;
  try {
    await records.setOwner(claim.contactId, claim.me);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === 'forbidden') return { kind: 'forbidden' };
    if (!leavesOpen(failure)) return { kind: 'failed', failure };
    unanswered = failure;
  }
  return settle(records, claim, unanswered);
}

/** Reads what became of a write. Also the way out of "unknown": it never writes. */
export async function settle(
  records: HostRecords,
  claim: { readonly contactId: string; readonly me: string; readonly basedOn: string | null },
  unanswered: Failure | null,
): Promise<CrmOutcome> {
  const after = await read(records, claim.contactId);
  if (after.kind === 'failed') return { kind: 'unknown', failure: after.failure };
  if (after.kind === 'missing') return after;
  if (after.contact.ownerId === claim.me) return { kind: 'mine', contact: after.contact };
  // A write that nobody answered may still arrive, as long as nobody else has changed anything.
  if (unanswered && after.contact.ownerId === claim.basedOn) return { kind: 'unknown', failure: unanswered };
  return { kind: 'changed', ownerId: after.contact.ownerId };
}

type Reading =
  | { readonly kind: 'read'; readonly contact: Contact }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly failure: Failure };

async function read(records: HostRecords, contactId: string): Promise<Reading> {
  try {
    return { kind: 'read', contact: await records.contact(contactId) };
  } catch (thrown) {
    const failure = asFailure(thrown);
    return failure.code === 'missing' ? { kind: 'missing' } : { kind: 'failed', failure };
  }
}

export type ChatOutcome =
  /** The chat service knows: the chat has left the other sellers' lists. */
  | { readonly kind: 'told' }
  /** The card has no number that a messenger could know, and the service knows no chat of this client. */
  | { readonly kind: 'nothing-to-tell' }
  /** I have no role that may answer, so the service was not told. */
  | { readonly kind: 'no-role' }
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'failed'; readonly failure: Failure };
