/** Everything about one client that is read from servers. Each source is read separately and may fail separately. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Identity, ChatCopy, RoleList } from '../../../chat/chat.ts';
import { onChannels } from '../../../../domain/assignment.ts';
import { chatNumber } from '../../../../domain/phone.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Deal } from '../../../../domain/deal.ts';
import type { Contact } from '../../../host/host.ts';
import { openAsks, type Ask } from '../../colleagues/ask.ts';
import { ownerSince } from './news.ts';
import type { ClaimServices } from './claim-services.ts';
import { begun } from '../../../work/attempt.ts';
import { readable, type Readable } from './reading.ts';

export type ChatSide = {
  readonly roles: RoleList;
  readonly channels: readonly Channel[];
  /** `null` when the chat service has no copy of the client. */
  readonly known: ChatCopy | null;
};

export type ClientSources = {
  readonly contact: Readable<Contact>;
  readonly deals: Readable<readonly Deal[]>;
  readonly asks: Readable<readonly Ask[]>;
  readonly chat: Readable<ChatSide>;
  /** Owners of other contacts with the client's number. Nothing waits for it. */
  readonly others: Readable<readonly string[]>;
  /** Since when the owner has the client, in unix seconds; `null` when unknown. */
  readonly since: Readable<number | null>;
  /** Stage names by pipeline and stage id ("7 142"); empty until they are read. */
  readonly stages: ReadonlySignal<ReadonlyMap<string, string>>;
  /** The client's ids in messengers: from the chat service, or otherwise made from the card's phones. */
  readonly identities: ReadonlySignal<readonly Identity[]>;
  /** Channels of the client's messengers. */
  readonly channelIds: ReadonlySignal<readonly string[]>;
  /** The first reading is under way, so there is nothing to show yet. */
  readonly isReading: ReadonlySignal<boolean>;
  /** Reads everything that belongs to a contact. */
  readonly readRest: (contact: Contact, also?: Also) => Promise<void>;
};

export type Also = {
  /** Read open questions, because a colleague may have asked for the client. */
  readonly asks?: boolean;
  /** Read since when the owner has the client, because the owner is a colleague. */
  readonly since?: boolean;
};

/** The messenger whose identities a channel uses. */
const spoken = ({ messenger }: Channel): string =>
  messenger === 'waba' ? 'whatsapp' : messenger.replace('-bot', '');

export const speaks = (channel: Channel, identity: Identity): boolean =>
  spoken(channel) === identity.messenger.replace('-bot', '');

/** An identity without an id is only a phone or user name. It does not mean that the client has written there. */
const isCertain = ({ id }: Identity): boolean => id !== '';

export function clientSources(
  { records, chat: service, pipelines }: ClaimServices,
  contactId: string,
  country: string,
  gone: AbortSignal,
): ClientSources {
  const contact = readable(signal => records.contact(contactId, signal), gone);
  let read: Contact | null = null;
  const deals = readable(async signal => (read ? records.dealsOf(read, signal) : []), gone);
  const asks = readable(signal => openAsks(records, contactId, signal), gone);
  const chat = readable(async signal => {
    if (!service) throw new Error('No chat service is connected');
    const [roles, channels, known] = await Promise.all([
      begun(() => service.roles(signal)),
      begun(() => service.channels(signal)),
      begun(() => service.contact(contactId)),
    ]);
    // A role on a deleted channel does not count.
    const assignments = onChannels(roles.assignments, channels.items, channels.notUnderstood === 0);
    return { roles: { ...roles, assignments }, channels: channels.items, known };
  }, gone);
  const others = readable(async () => service?.others(contactId) ?? [], gone);
  const since = readable(async signal => read && ownerSince(records, read, signal), gone);
  const isRead = signal(false);
  const stages = signal<ReadonlyMap<string, string>>(new Map());
  const identities = computed(() => {
    const side = chat.value();
    if (!side) return [];
    const phones = contact.value()?.phones ?? [];
    return (
      side.known?.identities ??
      phones.flatMap(phone => {
        const id = chatNumber(phone, country);
        return id === null ? [] : { messenger: 'whatsapp', id };
      })
    );
  });
  /** Failures are ignored. The deals are then shown without their stages. */
  const readDeals = async (): Promise<void> => {
    const found = await deals.read();
    if (!found?.length || stages.value.size > 0) return;
    const read = await pipelines().catch(() => []);
    stages.value = new Map(
      read.flatMap(({ id, stages: own }) => own.map(stage => [`${id} ${stage.id}`, stage.name] as const)),
    );
  };
  return {
    contact,
    deals,
    asks,
    chat,
    others,
    since,
    stages,
    identities,
    channelIds: computed(() => {
      const certain = identities.value.filter(isCertain);
      return (chat.value()?.channels ?? [])
        .filter(channel => certain.some(identity => speaks(channel, identity)))
        .map(({ id }) => id);
    }),
    isReading: computed(
      () =>
        !isRead.value &&
        [contact, deals, asks, chat, since].some(({ state }) => state.value.kind === 'reading'),
    ),
    async readRest(contact, also = {}) {
      read = contact;
      const rest = Promise.all([
        readDeals(),
        also.asks && asks.read(),
        also.since && since.read(),
        service && chat.read(),
      ]);
      void others.read();
      await rest;
      isRead.value = true;
    },
  };
}
