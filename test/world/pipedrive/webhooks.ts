/** A company's webhooks: up to forty per user, several per address, filtered by what a user may see. */
import type { Clock } from '../clock.ts';
import type { Change } from './changes.ts';
import { newStanding, type Standing } from './webhook-rules.ts';

export const EVENT_ACTIONS = ['create', 'change', 'delete', '*'] as const;
/** The objects that this world has. */
export const EVENT_OBJECTS = ['person', 'deal', 'user', 'note', 'activity', '*'] as const;

export type WebhookDraft = {
  readonly subscriptionUrl: string;
  readonly eventAction: (typeof EVENT_ACTIONS)[number];
  readonly eventObject: (typeof EVENT_OBJECTS)[number];
  readonly name: string | null;
  /** The user whose rights decide which events are sent. */
  readonly userId: number;
  readonly httpAuthUser: string | null;
  readonly httpAuthPassword: string | null;
};
export type Webhook = WebhookDraft & {
  readonly id: number;
  /** The user whose token created it. It is removed when they uninstall. */
  readonly ownerId: number;
  readonly addTime: number;
  readonly standing: Standing;
  lastDeliveryTime: number | null;
  lastHttpStatus: number | null;
};
export type Removed = {
  readonly webhook: Webhook;
  readonly at: number;
  readonly why: 'by-hand' | 'uninstalled' | 'three-days';
};

export type Webhooks = {
  readonly all: () => readonly Webhook[];
  readonly removed: readonly Removed[];
  readonly add: (ownerId: number, draft: WebhookDraft) => Webhook | 'too-many';
  readonly remove: (id: number, why?: Removed['why']) => boolean;
  readonly removeOf: (ownerId: number) => void;
};

const MOST = 40;

export function createWebhooks(clock: Clock): Webhooks {
  const all = new Map<number, Webhook>();
  const removed: Removed[] = [];
  let lastId = 0;
  const webhooks: Webhooks = {
    all: () => [...all.values()],
    removed,
    add(ownerId, draft) {
      if (webhooks.all().filter(one => one.ownerId === ownerId).length >= MOST) return 'too-many';
      lastId += 1;
      const webhook: Webhook = {
        ...draft,
        id: lastId,
        ownerId,
        addTime: clock.now(),
        standing: newStanding(),
        lastDeliveryTime: null,
        lastHttpStatus: null,
      };
      all.set(webhook.id, webhook);
      return webhook;
    },
    remove(id, why = 'by-hand') {
      const webhook = all.get(id);
      if (webhook) removed.push({ webhook, at: clock.now(), why });
      return all.delete(id);
    },
    removeOf(ownerId) {
      for (const webhook of webhooks.all()) {
        if (webhook.ownerId === ownerId) webhooks.remove(webhook.id, 'uninstalled');
      }
    },
  };
  return webhooks;
}

export const asksFor = ({ eventAction, eventObject }: Webhook, { action, entity }: Change): boolean =>
  (eventAction === '*' || eventAction === action) && (eventObject === '*' || eventObject === entity);
