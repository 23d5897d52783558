/**
 * Wazzup's own words and shapes, and how they become ours; those of roles are in roles.ts. Nothing outside this folder
 * knows them. Sources: Wazzup's API v3 pages, which leave open what becomes of a field when there is nothing to say.
 */
import {
  nonEmpty,
  optional,
  pipe,
  string,
  transform,
  unknown,
  type GenericSchema,
  type InferOutput,
} from 'valibot';
import { isBlank } from '../../../domain/blank.ts';
import type { Channel, Messenger } from '../../../domain/channel.ts';
import { amount, id, words } from '../../http/fields.ts';
import { envelope, listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { Identity, ChatCopy } from '../chat.ts';

/** A plain list; by another revision of the service's pages, a list in an envelope, with how many there are in all. */
export const listOf = <T>(item: GenericSchema<unknown, T>) =>
  pipe(
    unknown(),
    transform(answer => (Array.isArray(answer) ? { data: answer } : answer)),
    envelope({ count: amount, data: listed(item) }),
    transform(({ count, data }) => ({ ...data, count })),
  );

/** Longer than the twenty seconds that the gateway gives itself, so that it tells how a write ended. */
export const WRITE_PATIENCE_MS = 25_000;

export const channelRecord = object({
  channelId: id,
  transport: words,
  plainId: words,
  state: words,
  name: words,
});
type WireChannel = InferOutput<typeof channelRecord>;

/** Compared in lower case: the service writes some of them both ways. */
const STATES: ReadonlyMap<string, Channel['state']> = new Map([
  ['active', 'active'],
  ['init', 'starting'],
  ['onmoderation', 'starting'],
  ['disabled', 'disconnected'],
  ['phoneunavailable', 'disconnected'],
  ['qridle', 'disconnected'],
  ['qr', 'disconnected'],
  ['openelsewhere', 'disconnected'],
  ['foreignphone', 'disconnected'],
  ['unauthorized', 'disconnected'],
  ['waitforpassword', 'disconnected'],
  ['waitforcode', 'disconnected'],
  ['notenoughmoney', 'unpaid'],
  ['blocked', 'blocked'],
  ['rejected', 'blocked'],
]);

const MESSENGER_OF: ReadonlyMap<string, Messenger> = new Map([
  ['whatsapp', 'whatsapp'],
  ['wapi', 'waba'],
  ['instagram', 'instagram'],
  ['tgapi', 'telegram'],
  ['telegram', 'telegram-bot'],
  ['max', 'max'],
  ['maxbot', 'max-bot'],
  ['vk', 'vk'],
  ['avito', 'avito'],
  ['viber', 'viber'],
]);

export const channelFrom = (channel: WireChannel): Channel => ({
  id: channel.channelId,
  name: [channel.name, channel.plainId].find(name => !isBlank(name)) ?? '',
  messenger: MESSENGER_OF.get(channel.transport.toLowerCase()) ?? 'other',
  state: STATES.get(channel.state.toLowerCase()) ?? 'unknown',
});

/** An identity without a messenger, or without anything that says who it is, cannot be sent back. */
const identity = object({ chatType: pipe(words, nonEmpty()), chatId: words, username: words, phone: words });

const identityFrom = ({ chatType, chatId, username, phone }: InferOutput<typeof identity>): Identity => ({
  messenger: chatType,
  id: chatId,
  ...(username ? { username } : {}),
  ...(phone ? { phone } : {}),
});

/** `responsibleUserId`: empty where the service names nobody. */
export const contactRecord = object({
  id,
  responsibleUserId: words,
  name: words,
  contactData: listed(identity),
  uri: words,
});
type WireContact = InferOutput<typeof contactRecord>;

export const contactFrom = (contact: WireContact): ChatCopy => ({
  id: contact.id,
  name: contact.name,
  ownerId: contact.responsibleUserId,
  identities: contact.contactData.items
    .filter(({ chatId, username, phone }) => chatId || username || phone)
    .map(identityFrom),
  address: contact.uri,
});

/** The word in an error's body: plain, within an object of its own, or not there at all. */
export const problem = object({ error: optional(unknown()) });
export const nestedProblem = object({ error: object({ code: string() }) });
