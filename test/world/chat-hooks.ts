/**
 * A chat account's webhooks: one address for the whole account, set by the latest caller. Whether and when a refused
 * webhook is repeated is not documented, so it is not repeated unless the world's oddities say so; requests to create
 * something never are.
 */
import type { ChatEvent, ChatEvents } from './chat-events.ts';
import type { Clock } from './clock.ts';
import { createCourier, type Carry, type Courier, type Parcel } from './courier.ts';
import type { Oddities } from './oddities.ts';

export type ChatSubscriptions = {
  messagesAndStatuses: boolean;
  contactsAndDealsCreation: boolean;
  channelsUpdates: boolean;
  wabaTemplatesStatus: boolean;
};

/** A request of the service to create something in the CRM. */
export type CreationRequest =
  | {
      readonly entity: 'contact';
      readonly responsibleUserId: string;
      readonly name: string;
      readonly chatType: string;
      readonly chatId: string;
      readonly source: 'auto' | 'byUser';
    }
  | {
      readonly entity: 'deal';
      readonly responsibleUserId: string;
      readonly contactId: string;
      readonly source: 'auto' | 'byUser';
    };

export type ChatHookContent =
  | { readonly kind: 'events'; readonly events: ChatEvent[] }
  | { readonly kind: 'creation'; readonly request: CreationRequest };
export type ChatDelivery = Parcel<ChatHookContent>;

export type ChatHooks = Courier<ChatHookContent> & {
  /** It can be changed but not removed. */
  address: string | undefined;
  readonly subscriptions: ChatSubscriptions;
  /** Sent as a Bearer token. Another client may have set it. */
  crmKey: string | undefined;
  readonly ask: (request: CreationRequest) => void;
};

/** In milliseconds. */
export const CHAT_PATIENCE = 30_000;

type Parts = {
  readonly events: ChatEvents;
  readonly oddities: Oddities;
  readonly carry: () => Carry<ChatHookContent> | undefined;
  readonly changed: () => void;
};

export function createChatHooks(clock: Clock, { events, oddities, carry, changed }: Parts): ChatHooks {
  const isCreation = ({ content }: ChatDelivery): boolean => content.kind === 'creation';
  const courier = createCourier<ChatHookContent>(clock, {
    patience: CHAT_PATIENCE,
    isValid: outcome => typeof outcome === 'number' && outcome >= 200 && outcome <= 299,
    waitAfter: ({ length }) => oddities.chatHookWaitsMs[length - 1],
    maySendTo: destination => destination === hooks.address,
    carry,
    lateMs: () => oddities.lateMs,
    attempted(parcel) {
      if (isCreation(parcel) && parcel.state === 'waiting') parcel.state = 'given-up';
      changed();
    },
  });

  const asksFor = (event: ChatEvent): boolean => {
    const { kind } = event;
    const { messagesAndStatuses, channelsUpdates, wabaTemplatesStatus } = hooks.subscriptions;
    if (kind === 'message' && event.message.from === 'api' && !oddities.chatEchoesApi) return false;
    if (kind === 'channel') return channelsUpdates;
    return kind === 'template' ? wabaTemplatesStatus : messagesAndStatuses;
  };
  /** Messages and statuses share a webhook; channels and templates are sent alone. */
  const joins = ({ kind }: ChatEvent): boolean => kind === 'message' || kind === 'status';
  const openFor = (event: ChatEvent): ChatEvent[] | undefined => {
    const last = courier.all.at(-1);
    const isOpen = last?.state === 'waiting' && last.attempts.length === 0 && last.dueAt > clock.now();
    if (!isOpen || last.content.kind !== 'events' || !joins(event)) return undefined;
    const { events: gathered } = last.content;
    return gathered.length < oddities.chatHookBatch && gathered.every(joins) ? gathered : undefined;
  };

  events.listen(event => {
    if (hooks.address === undefined || !asksFor(event)) return;
    const open = openFor(event);
    if (open) open.push(event);
    else courier.post(hooks.address, { kind: 'events', events: [event] }, oddities.chatHookDelayMs);
  });

  const hooks: ChatHooks = {
    ...courier,
    address: undefined,
    subscriptions: {
      messagesAndStatuses: false,
      contactsAndDealsCreation: false,
      channelsUpdates: false,
      wabaTemplatesStatus: false,
    },
    crmKey: undefined,
    ask(request) {
      if (hooks.address === undefined || !hooks.subscriptions.contactsAndDealsCreation) return;
      courier.post(hooks.address, { kind: 'creation', request });
    },
  };
  return hooks;
}
