/** Under which identities messengers know a client: those that the chat service has learned, and those that the card's phones make. */
import type { ChatContact, Identity } from '../chat/wazzup/clients.ts';

/** Of channels that find people by phone. Where the phone is not the id, the messenger's own id comes with its first message. */
const BY_PHONE = new Map<string, (number: string) => Identity>([
  ['tgapi', phone => ({ chatType: 'telegram', phone })],
  ['max', phone => ({ chatType: 'max', phone })],
  ['viber', chatId => ({ chatType: 'viber', chatId })],
]);

export const keyOf = ({ chatType, chatId = '', username = '', phone = '' }: Identity): string =>
  `${chatType} ${chatId || phone || username}`;

/**
 * What the service knows by itself stays; what was made from a phone goes when the phone leaves the card. A phone is a
 * WhatsApp identity, and one of each other messenger that a channel of the account speaks by phone.
 */
export function identitiesOf(
  there: ChatContact | null,
  toldNumbers: readonly string[],
  numbers: readonly string[],
  /** Of the account's channels. */
  transports: readonly string[],
): readonly Identity[] {
  const gone = new Set(toldNumbers.filter(number => !numbers.includes(number)));
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
