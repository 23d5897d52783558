/**
 * The deliveries of a company's webhooks: one per change and subscribed webhook. Changes that happen while an address
 * is banned are never sent.
 */
import type { Clock } from '../clock.ts';
import { createCourier, type Carry, type Courier, type Parcel } from '../courier.ts';
import type { Change, Changes } from './changes.ts';
import type { PipedriveOddities } from './oddities.ts';
import { isValid, judged, PATIENCE, waitAfter } from './webhook-rules.ts';
import { asksFor, type Webhook, type Webhooks } from './webhooks.ts';

export type WebhookContent = {
  readonly webhook: Webhook;
  readonly change: Change;
  /** The same in each attempt. */
  readonly eventId: string;
  /** The users who could see the record at that time; absent for changes of users. */
  readonly permitted: readonly number[] | undefined;
};
export type WebhookDelivery = Parcel<WebhookContent>;
export type WebhookDeliveries = Courier<WebhookContent> & {
  /** Webhooks dropped during a ban. */
  readonly lost: readonly Pick<WebhookContent, 'webhook' | 'change'>[];
};

type Parts = {
  readonly webhooks: Webhooks;
  readonly changes: Changes;
  readonly oddities: PipedriveOddities;
  readonly permitted: (change: Change) => readonly number[] | undefined;
  readonly lateMs: () => number;
  readonly carry: () => Carry<WebhookContent> | undefined;
  readonly changed: () => void;
};

export function createWebhookDeliveries(clock: Clock, parts: Parts): WebhookDeliveries {
  const { webhooks, changes, oddities, permitted, lateMs, carry } = parts;
  const lost: Pick<WebhookContent, 'webhook' | 'change'>[] = [];
  const isBanned = ({ standing }: Webhook): boolean => clock.now() < standing.bannedUntil;

  const courier = createCourier<WebhookContent>(clock, {
    patience: PATIENCE,
    isValid,
    waitAfter,
    carry,
    lateMs,
    maySendTo(destination) {
      const webhook = webhooks.all().find(one => destinationOf(one) === destination);
      return webhook !== undefined && !isBanned(webhook);
    },
    attempted({ content: { webhook }, attempts }) {
      const last = attempts.at(-1);
      if (!last) return;
      webhook.lastDeliveryTime = last.at;
      webhook.lastHttpStatus = typeof last.outcome === 'number' ? last.outcome : null;
      if (judged(webhook.standing, last, attempts.length === 1)) webhooks.remove(webhook.id, 'three-days');
      parts.changed();
    },
  });

  changes.listen(change => {
    const seenBy = permitted(change);
    for (const webhook of webhooks.all()) {
      if (!asksFor(webhook, change) || seenBy?.includes(webhook.userId) === false) continue;
      if (isBanned(webhook)) {
        lost.push({ webhook, change });
        continue;
      }
      const content = { webhook, change, eventId: crypto.randomUUID(), permitted: seenBy };
      courier.post(destinationOf(webhook), content, oddities.hookDelayMs);
    }
  });

  return { ...courier, lost };
}

/** Two webhooks with one address are judged separately. */
const destinationOf = ({ subscriptionUrl, id }: Webhook): string => `${subscriptionUrl}#${id}`;
