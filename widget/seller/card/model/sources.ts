/** Everything about one client that servers tell, each thing read and failing on its own. */
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
  /** `null`: a free client, whom the chat service does not keep. */
  readonly known: ChatCopy | null;
};

export type ClientSources = {
  readonly contact: Readable<Contact>;
  readonly deals: Readable<readonly Deal[]>;
  readonly asks: Readable<readonly Ask[]>;
  readonly chat: Readable<ChatSide>;
  /** Who is responsible for other contacts with the client's number. Nobody waits for it. */
  readonly others: Readable<readonly string[]>;
  /** Since when the responsible has the client, in unix seconds; `null`: nobody can tell. */
  readonly since: Readable<number | null>;
  /** Names of stages by their ids; empty until they are read. */
  readonly stages: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Under which names messengers know the client, as the service says, or as the card's phones tell. */
  readonly identities: ReadonlySignal<readonly Identity[]>;
  /** Channels that speak one of the client's messengers. */
  readonly channelIds: ReadonlySignal<readonly string[]>;
  /** Read for the first time: there is nothing yet that could be shown meanwhile. */
  readonly isReading: ReadonlySignal<boolean>;
  /** What goes with the contact. */
  readonly readRest: (contact: Contact, also?: Also) => Promise<void>;
};

export type Also = {
  /** Somebody may have asked for the client. */
  readonly asks?: boolean;
  /** A colleague has the client. */
  readonly since?: boolean;
};

/** Through which messenger's identities a channel finds people. */
const spoken = ({ messenger }: Channel): string =>
  messenger === 'waba' ? 'whatsapp' : messenger.replace('-bot', '');

export const speaks = (channel: Channel, identity: Identity): boolean =>
  spoken(channel) === identity.messenger.replace('-bot', '');

/** That a phone number may be known to other messengers too does not mean that the client has ever written there. */
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
    // A role on a channel that is gone is none.
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
  /** A stage without a name is no reason to trouble anybody. */
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
