/**
 * Wazzup's own words and formats, and their conversion to ours; roles.ts does the same for roles. Nothing outside this
 * folder knows them. Source: Wazzup's API v3 pages, which do not say what an empty field looks like.
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

/**
 * A plain list, or, according to another revision of the service's pages, a list in an envelope with its total count.
 */
export const listOf = <T>(item: GenericSchema<unknown, T>) =>
  pipe(
    unknown(),
    transform(answer => (Array.isArray(answer) ? { data: answer } : answer)),
    envelope({ count: amount, data: listed(item) }),
    transform(({ count, data }) => ({ ...data, count })),
  );

/** Longer than the gateway's own limit of twenty seconds, so that the gateway can report how a write ended. */
export const WRITE_PATIENCE_MS = 25_000;

export const channelRecord = object({
  channelId: id,
  transport: words,
  plainId: words,
  state: words,
  name: words,
});
type WireChannel = InferOutput<typeof channelRecord>;

/** Compared in lower case, because the service writes some of them both ways. */
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

/** An identity without a messenger, or without anything that identifies the client, cannot be sent back. */
const identity = object({ chatType: pipe(words, nonEmpty()), chatId: words, username: words, phone: words });

const identityFrom = ({ chatType, chatId, username, phone }: InferOutput<typeof identity>): Identity => ({
  messenger: chatType,
  id: chatId,
  ...(username ? { username } : {}),
  ...(phone ? { phone } : {}),
});

/** `responsibleUserId` is empty if the service names no owner. */
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

/** The error word in the body: a plain string, inside an object, or missing. */
export const problem = object({ error: optional(unknown()) });
export const nestedProblem = object({ error: object({ code: string() }) });
