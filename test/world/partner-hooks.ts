/**
 * Webhooks for partners of the chat service: each subscription is for one kind of event and has its own address, so
 * several coexist. A repeated message has the same key.
 */
import type { ChatEvent, ChatEvents } from './chat-events.ts';
import type { Clock } from './clock.ts';
import { CHAT_PATIENCE } from './chat-hooks.ts';
import { createCourier, type Carry, type Courier } from './courier.ts';
import type { Oddities } from './oddities.ts';

export const PARTNER_EVENTS = [
  'message.add',
  'message.status_update',
  'message.edit',
  'message.delete',
  'channel.status_update',
] as const;
export type PartnerEvent = (typeof PARTNER_EVENTS)[number];

export type PartnerSubscription = { readonly id: string; url: string; event: PartnerEvent };
export type PartnerHookContent = {
  readonly kind: PartnerEvent;
  readonly event: ChatEvent;
  readonly idempotencyKey: string;
  /** Milliseconds. */
  readonly at: number;
};

export type PartnerHooks = Courier<PartnerHookContent> & {
  readonly subscriptions: Map<string, PartnerSubscription>;
};

type Parts = {
  readonly events: ChatEvents;
  readonly oddities: Oddities;
  readonly carry: () => Carry<PartnerHookContent> | undefined;
  readonly changed: () => void;
};

export function createPartnerHooks(clock: Clock, { events, oddities, carry, changed }: Parts): PartnerHooks {
  const subscriptions = new Map<string, PartnerSubscription>();
  const courier = createCourier<PartnerHookContent>(clock, {
    patience: CHAT_PATIENCE,
    isValid: outcome => typeof outcome === 'number' && outcome >= 200 && outcome <= 299,
    waitAfter: ({ length }) => oddities.chatHookWaitsMs[length - 1],
    maySendTo: destination => [...subscriptions.values()].some(one => one.url === destination),
    carry,
    lateMs: () => oddities.lateMs,
    attempted: changed,
  });
  events.listen(event => {
    const kind = kindOf(event);
    for (const { url, event: wanted } of subscriptions.values()) {
      if (wanted !== kind) continue;
      const content = { kind, event, idempotencyKey: crypto.randomUUID(), at: clock.now() };
      courier.post(url, content, oddities.chatHookDelayMs);
    }
  });
  return { ...courier, subscriptions };
}

function kindOf(event: ChatEvent): PartnerEvent | undefined {
  switch (event.kind) {
    case 'message':
      if (!event.before) return 'message.add';
      return event.isDeleted === true ? 'message.delete' : 'message.edit';
    case 'status':
      return 'message.status_update';
    case 'channel':
      return 'channel.status_update';
    case 'template':
      return undefined;
  }
}
