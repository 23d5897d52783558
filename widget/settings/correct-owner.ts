/**
 * One contact, or one deal, of the chat service's copy brought up to date with the CRM. It is read anew on both sides
 * and written only if they differ, so that a second time repeats nothing. One without a working responsible is taken
 * out there: nobody's clients cannot be said otherwise. What the chat service does not know stays unknown.
 */
import type { Chat } from '../chat/chat.ts';
import type { HostRecords } from '../host/host.ts';
import { asFailure } from '../http/failure.ts';

export type Correction = 'unchanged' | 'corrected' | 'freed' | 'deals';

export type BothSides = {
  readonly records: HostRecords;
  readonly chat: Chat;
  /** Whether whoever belongs to this employee is nobody's client. */
  readonly isFree: (ownerId: string) => boolean;
};

export async function correctContact(
  { records, chat, isFree }: BothSides,
  contactId: string,
): Promise<Correction> {
  const known = await chat.contact(contactId);
  if (!known) return 'unchanged';
  const contact = await records.contact(contactId).catch((thrown: unknown) => {
    if (asFailure(thrown).code === 'missing') return null;
    throw thrown;
  });
  if (!contact) return 'unchanged';
  const { ownerId } = contact;
  if (ownerId === null || isFree(ownerId)) {
    await chat.forgetContact(contactId);
    return 'freed';
  }
  if (ownerId === known.ownerId) return 'unchanged';
  await chat.rememberContact({ ...known, ownerId });
  return 'corrected';
}

export async function correctDeal({ records, chat, isFree }: BothSides, dealId: string): Promise<Correction> {
  const known = await chat.deal(dealId);
  if (!known) return 'unchanged';
  const [deal] = await records.deals([dealId]);
  if (!deal) return 'unchanged';
  const { ownerId, isOpen } = deal;
  if (ownerId === null || isFree(ownerId)) {
    await chat.forgetDeal(dealId);
    return 'deals';
  }
  if (ownerId === known.ownerId && isOpen === known.isOpen) return 'unchanged';
  await chat.rememberDeals([{ ...known, ownerId, isOpen }]);
  return 'deals';
}
