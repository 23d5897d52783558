/**
 * Pipedrive's subscriptions. Hooks are not signed, so each subscription has a name and a password that each call must
 * contain. They are derived from the secret in the address and the kind of object.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmHooks } from '../hooks.ts';
import { hookBodyIn } from './hook-body.ts';
import { id } from './ids.ts';

/** Their hooks report owners, phone numbers and the employees of the company. */
const OBJECTS = ['person', 'deal', 'user'] as const;
const ANY = '*';
const VERSION = '2.0';

const subscription = v.object({
  id,
  subscription_url: v.string(),
  event_action: v.string(),
  event_object: v.string(),
  version: v.nullish(v.string(), ''),
  is_active: v.union([v.boolean(), v.number()]),
  /** The user whose rights decide which events are sent. */
  user_id: v.nullish(id, null),
});
const me = v.object({ data: v.object({ id }) });
const listed = v.object({ data: v.nullish(v.array(subscription), []) });

type Subscription = v.InferOutput<typeof subscription>;

const isRight = (one: Subscription): boolean =>
  one.version === VERSION && Number(one.is_active) === 1 && one.event_action === ANY;

const passwordOf = (secret: string, object: string): string =>
  createHmac('sha256', secret).update(`pipedrive ${object}`).digest('base64url');

/** Compares in constant time, so that the time does not reveal how much of the password was right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHmac('sha256', expected).update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export const hooksThrough = (crm: CrmApi): CrmHooks => ({
  bodyIn: hookBodyIn,
  admits(secret, headers) {
    const [, basic = ''] = /^basic ([\w+/=-]{1,500})$/i.exec(headers.get('Authorization') ?? '') ?? [];
    const [object = '', ...password] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    return isSame(password.join(':'), passwordOf(secret, object));
  },
  async keep(accountId, destination, leaving) {
    const found = await crm.ask(accountId, 'v1/webhooks', leaving);
    if (found.kind === 'refused') return 'refused';
    const { success, output } = v.safeParse(listed, found.kind === 'answered' ? found.json : null);
    if (!success) return 'later';
    const whose = await crm.ask(accountId, 'v1/users/me', leaving);
    const asks = v.safeParse(me, whose.kind === 'answered' ? whose.json : null);
    if (!asks.success) return 'later';
    // Another user's subscription may miss events, because that user may have lost their administrator's rights.
    const isOfNow = (one: Subscription): boolean => isRight(one) && one.user_id === asks.output.data.id;
    const ours = (output.data ?? []).filter(one => one.subscription_url === destination);
    const secret = destination.slice(destination.lastIndexOf('/') + 1);
    for (const object of OBJECTS) {
      if (ours.some(one => one.event_object === object && isOfNow(one))) continue;
      const body = {
        subscription_url: destination,
        event_action: ANY,
        event_object: object,
        name: `crm-chat-roles ${object}`,
        version: VERSION,
        http_auth_user: object,
        http_auth_password: passwordOf(secret, object),
      };
      const made = await crm.ask(accountId, { path: 'v1/webhooks', method: 'POST', body }, leaving);
      // Also if the CRM could not reach our address. Only the next check tries again, because each attempt costs tokens.
      if (made.kind === 'refused' || made.kind === 'unpaid') return 'refused';
      if (made.kind !== 'answered') return 'later';
    }
    // Disabled or outdated subscriptions are replaced by now, so they are removed. If that fails, the next check does it.
    for (const one of ours.filter(each => !isOfNow(each)))
      await crm.ask(accountId, { path: `v1/webhooks/${one.id}`, method: 'DELETE' }, leaving);
    return 'kept';
  },
});
