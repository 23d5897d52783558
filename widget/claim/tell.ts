/**
 * Tells the chat service who is responsible. It keeps one contact with all its messenger identities and takes it only
 * as a whole, so what it has is read first and the card's numbers are added to that.
 */
import { ROLE_REQUIRED, type Chat, type Identity } from '../chat/chat.ts';
import { chatNumber } from '../domain/phone.ts';
import type { Contact } from '../host/host.ts';
import { asFailure } from '../http/failure.ts';
import type { ChatOutcome } from './claim.ts';

/** A phone number is a WhatsApp identity; ids of other messengers come from the service itself. */
const PHONE_MESSENGER = 'whatsapp';

export async function tellChat(
  chat: Chat | null,
  contact: Contact,
  { ownerId, country }: { readonly ownerId: string; readonly country: string },
): Promise<ChatOutcome> {
  if (!chat) return { kind: 'not-connected' };
  try {
    const known = await chat.contact(contact.id);
    const identities = union(known?.identities ?? [], identitiesOf(contact.phones, country));
    if (identities.length === 0) return { kind: 'nothing-to-tell' };
    await chat.rememberContact({
      id: contact.id,
      name: contact.name,
      ownerId,
      identities,
      address: contact.address,
    });
    return { kind: 'told' };
  } catch (thrown) {
    const failure = asFailure(thrown);
    return failure.reason === ROLE_REQUIRED ? { kind: 'no-role' } : { kind: 'failed', failure };
  }
}

const identitiesOf = (phones: readonly string[], country: string): readonly Identity[] =>
  phones
    .map(phone => chatNumber(phone, country))
    .filter(number => number !== null)
    .map(number => ({ messenger: PHONE_MESSENGER, id: number }));

/** What is known stays as it is; the same identity is not added twice. */
export function union(known: readonly Identity[], added: readonly Identity[]): readonly Identity[] {
  const keyOf = ({ messenger, id }: Identity): string => `${messenger} ${id}`;
  const keys = new Set(known.map(keyOf));
  const fresh = new Map(added.filter(one => !keys.has(keyOf(one))).map(one => [keyOf(one), one]));
  return [...known, ...fresh.values()];
}
