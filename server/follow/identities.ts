/** The identities of a client in messengers: those that the chat service has learned, and those made from the card's phones. */
import type { ChatContact, Identity } from '../chat/wazzup/clients.ts';

/** For channels that find people by phone. Where the phone is not the id, the messenger's own id comes with the first message. */
const BY_PHONE = new Map<string, (number: string) => Identity>([
  ['tgapi', phone => ({ chatType: 'telegram', phone })],
  ['max', phone => ({ chatType: 'max', phone })],
  ['viber', chatId => ({ chatType: 'viber', chatId })],
]);

export const keyOf = ({ chatType, chatId = '', username = '', phone = '' }: Identity): string =>
  `${chatType} ${chatId || phone || username}`;

/**
 * Identities that the service has learned by itself stay. An identity made from a phone is removed when the phone leaves the
 * card. A phone makes a WhatsApp identity, and one for each other messenger that has a channel here and finds people by phone.
 */
export function identitiesOf(
  there: ChatContact | null,
  sentNumbers: readonly string[],
  numbers: readonly string[],
  /** The transports of the account's channels. */
  transports: readonly string[],
): readonly Identity[] {
  const gone = new Set(sentNumbers.filter(number => !numbers.includes(number)));
  const stays = (there?.contactData ?? []).filter(
    one => !gone.has(one.chatId ?? '') && !gone.has(one.phone ?? ''),
  );
  const known = new Set(stays.flatMap(one => [keyOf(one), `${one.chatType} ${one.phone ?? ''}`]));
  const ways = new Set(transports.flatMap(transport => BY_PHONE.get(transport) ?? []));
  const made = numbers.flatMap((number): readonly Identity[] => [
    { chatType: 'whatsapp', chatId: number },
    ...(isKnownBy(there, number) ? [] : Array.from(ways, identityBy => identityBy(number))),
  ]);
  return [...stays, ...made.filter(one => !known.has(keyOf(one)))];
}

export const isKnownBy = (there: ChatContact | null, number: string): boolean =>
  (there?.contactData ?? []).some(({ chatId, phone }) => chatId === number || phone === number);
