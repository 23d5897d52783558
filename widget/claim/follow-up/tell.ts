/**
 * Tells the chat service who is responsible. It keeps one contact with all its messenger identities and takes it only
 * as a whole, so what it has is read first and the card's numbers are added to that. What is told is what the CRM says
 * at this moment, whoever asked for it and when: a late try never puts an old responsible back.
 */
import type { Chat } from '../../chat/chat.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Contact, HostRecords } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import type { FollowUp, FollowUpOutcome } from './follow-up.ts';
import { identitiesOf, union } from './identities.ts';

export type Telling = {
  readonly records: HostRecords;
  /** `null`: none is connected. */
  readonly chat: Chat | null;
  /** The chat service's channels: which messengers know a client by phone. */
  readonly channels: () => Promise<readonly Pick<Channel, 'messenger'>[]>;
  /** Two capital letters; decides how phone numbers are read. */
  readonly country: string;
  /** Whether whoever is responsible means that nobody works with the client. */
  readonly isFree: (ownerId: string | null) => boolean;
};

/** Throws a `Failure`. `read`: the contact as it was read a moment ago. */
export async function tellContact(
  telling: Telling,
  { contactId, ownerId }: Omit<Extract<FollowUp, { kind: 'chat' }>, 'kind'>,
  read?: Contact,
): Promise<Exclude<FollowUpOutcome, { kind: 'moved' | 'written' }>> {
  const { records, chat, isFree } = telling;
  if (!chat) return { kind: 'not-connected' };
  const contact = read ?? (await contactIfShown(records, contactId));
  const owner = contact ? contact.ownerId : ownerId;
  if (owner === null || isFree(owner)) {
    await chat.forgetContact(contactId);
    const deals = contact && contact.dealIds.length > 0 ? await records.deals(contact.dealIds) : [];
    for (const deal of deals) if (deal.isOpen && isFree(deal.ownerId)) await chat.forgetDeal(deal.id);
    return { kind: 'freed' };
  }
  const [known, channels] = await Promise.all([
    chat.contact(contactId),
    contact && contact.phones.length > 0 ? telling.channels() : [],
  ]);
  if (!contact) {
    if (!known) return { kind: 'void' };
    await chat.rememberContact({ ...known, ownerId: owner });
    return { kind: 'told', unreadable: [] };
  }
  const { name, phones, address } = contact;
  const { identities: written, notNumbers: unreadable } = identitiesOf(phones, telling.country, channels);
  const identities = union(known?.identities ?? [], written);
  if (identities.length === 0) return { kind: 'nothing-to-tell', unreadable };
  await chat.rememberContact({ id: contactId, name, ownerId: owner, identities, address });
  return { kind: 'told', unreadable };
}

/** `null`: deleted, or hidden from me. */
export async function contactIfShown(records: HostRecords, contactId: string): Promise<Contact | null> {
  try {
    return await records.contact(contactId);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'missing') return null;
    throw thrown;
  }
}
