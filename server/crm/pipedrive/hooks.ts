/**
 * Subscriptions of Pipedrive. They are not signed: each one is given a name and a password to call with, which follow from the
 * secret in the address, so that nobody who has seen the address alone can call.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmHooks } from '../hooks.ts';
import { hookBodyIn } from './hook-body.ts';
import { id } from './ids.ts';

/** Whose client somebody is, by which numbers they are known, and who works here. */
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
  /** Whose sight decides what is told. */
  user_id: v.nullish(id, null),
});
const me = v.object({ data: v.object({ id }) });
const listed = v.object({ data: v.nullish(v.array(subscription), []) });

type Subscription = v.InferOutput<typeof subscription>;

const isRight = (one: Subscription): boolean =>
  one.version === VERSION && Number(one.is_active) === 1 && one.event_action === ANY;

const passwordOf = (secret: string, object: string): string =>
  createHmac('sha256', secret).update(`pipedrive ${object}`).digest('base64url');

/** In a time that tells nothing of how much of it was right. */
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
    // One who was an administrator then may see less by now.
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
      // Also where the CRM could not reach the address: it is tried again with the next look, and each one costs.
      if (made.kind === 'refused' || made.kind === 'unpaid') return 'refused';
      if (made.kind !== 'answered') return 'later';
    }
    // What was switched off, or speaks the old form, has another one beside it by now. It is gone or goes with the next look.
    for (const one of ours.filter(each => !isOfNow(each)))
      await crm.ask(accountId, { path: `v1/webhooks/${one.id}`, method: 'DELETE' }, leaving);
    return 'kept';
  },
});
