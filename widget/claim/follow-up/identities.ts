/** Under which identities messengers know a client, as far as the card tells. */
import type { Identity } from '../../chat/chat.ts';
import type { Channel } from '../../../domain/channel.ts';
import { chatNumber } from '../../../domain/phone.ts';

export type CardIdentities = {
  readonly identities: readonly Identity[];
  /** What stands in the card as a phone and can be none: named to the seller, not sent. */
  readonly notNumbers: readonly string[];
};

type ByPhone = (phone: string) => Identity;

const whatsapp: ByPhone = phone => ({ messenger: 'whatsapp', id: phone });

/** Where the phone is not the id, it is sent beside an empty one: the messenger's own id comes with its first message. */
const BY_PHONE: ReadonlyMap<Channel['messenger'], ByPhone> = new Map([
  ['telegram', phone => ({ messenger: 'telegram', id: '', phone })],
  ['max', phone => ({ messenger: 'max', id: '', phone })],
  ['viber', phone => ({ messenger: 'viber', id: phone })],
]);

/** A phone is a WhatsApp identity, and one of each other messenger that a channel of the account speaks by phone. */
export function identitiesOf(
  phones: readonly string[],
  country: string,
  channels: readonly Pick<Channel, 'messenger'>[],
): CardIdentities {
  const written = [...new Set(phones.map(phone => phone.trim()).filter(Boolean))];
  const read = written.map(phone => ({ phone, number: chatNumber(phone, country) }));
  const numbers = [...new Set(read.flatMap(({ number }) => number ?? []))];
  const ways = new Set([whatsapp, ...channels.flatMap(({ messenger }) => BY_PHONE.get(messenger) ?? [])]);
  return {
    identities: numbers.flatMap(number => Array.from(ways, identityOf => identityOf(number))),
    notNumbers: read.flatMap(({ phone, number }) => (number === null ? [phone] : [])),
  };
}

/** What is known stays as it is; the same identity is not added twice, nor a phone whose id is known. */
export function union(known: readonly Identity[], added: readonly Identity[]): readonly Identity[] {
  const all = [...known];
  for (const one of added) {
    if (!all.some(other => isSame(other, one))) all.push(one);
  }
  return all;
}

function isSame(known: Identity, added: Identity): boolean {
  if (known.messenger !== added.messenger) return false;
  if (added.id !== '') return known.id === added.id;
  return added.phone === undefined ? known.username === added.username : known.phone === added.phone;
}
