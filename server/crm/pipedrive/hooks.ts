/**
 * Subscriptions of Pipedrive. They are not signed: each one is given a name and a password to call with, which follow from the
 * secret in the address, so that nobody who has seen the address alone can call.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmHooks } from '../hooks.ts';
import { whenUnanswered } from '../unanswered.ts';
import { hookBodyIn } from './hook-body.ts';
import { id, recordId } from './ids.ts';
import { user } from './person.ts';
import { readingOf, type Reading } from './reading.ts';

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
  user_id: v.nullish(id, null),
});
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
    const isOurs = OBJECTS.some(one => one === object);
    return isSame(password.join(':'), passwordOf(secret, object)) && isOurs;
  },
  async keep(accountId, destination, leaving) {
    const found = await crm.ask(accountId, 'v1/webhooks', leaving);
    if (found.kind === 'refused') return 'refused';
    const { success, output } = v.safeParse(listed, found.kind === 'answered' ? found.json : null);
    if (!success) return 'later';
    const ours = (output.data ?? []).filter(one => one.subscription_url === destination);
    const blind = await blindAmong(ours, readingOf(crm, accountId, leaving)).catch(whenUnanswered(null));
    if (blind === null) return 'later';
    const isGood = (one: Subscription): boolean => isRight(one) && !blind.has(one.user_id ?? '');
    const secret = destination.slice(destination.lastIndexOf('/') + 1);
    for (const object of OBJECTS) {
      if (ours.some(one => one.event_object === object && isGood(one))) continue;
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
    // What was switched off, speaks the old form or tells too little has another one beside it by now. It is gone or goes with
    // the next look.
    for (const one of ours.filter(each => !isGood(each)))
      await crm.ask(accountId, { path: `v1/webhooks/${one.id}`, method: 'DELETE' }, leaving);
    return 'kept';
  },
});

/**
 * A subscription tells what its user may see. Of these users, those who see less than everything: they are administrators no
 * more, or have left.
 */
async function blindAmong(ours: readonly Subscription[], { one }: Reading): Promise<ReadonlySet<string>> {
  const blind = new Set<string>();
  for (const userId of new Set(ours.flatMap(each => recordId(each.user_id ?? '') ?? []))) {
    const found = await one(`v1/users/${userId}`, user);
    if (found?.isAdmin !== true || !found.isActive) blind.add(userId);
  }
  return blind;
}
