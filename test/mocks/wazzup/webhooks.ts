/**
 * The one webhook address of an account. When it is set, the service calls it first: `{"test":true}` must be answered
 * with exactly 200.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import { CHAT_PATIENCE } from '../../world/chat-hooks.ts';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { beyond } from './beyond.ts';
import { chatHookRequest } from './carrier.ts';
import { nothing } from './entities.ts';
import { chatError } from './error.ts';
import { ANY_KEY, type Keyed } from './key.ts';

const WEBHOOKS = 'https://api.wazzup24.com/v3/webhooks';
const LONGEST = 200;

/** One switch has different names for writing and for reading. */
const subscriptions = v.strictObject({
  messagesAndStatuses: v.exactOptional(v.boolean()),
  contactsAndDealsCreation: v.exactOptional(v.boolean()),
  channelsUpdates: v.exactOptional(v.boolean()),
  templateStatus: v.exactOptional(v.boolean()),
});
const change = v.strictObject({
  webhooksUri: v.exactOptional(v.string()),
  subscriptions: v.exactOptional(subscriptions),
});

export const webhookRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.get(
    WEBHOOKS,
    keyed(ANY_KEY, () => {
      const { address, subscriptions } = world.chat.hooks;
      return Response.json({ webhooksUri: address ?? '', subscriptions });
    }),
  ),
  http.patch(
    WEBHOOKS,
    keyed(ANY_KEY, async ({ request }) => {
      const body = await bodyOf(request);
      const unknown = beyond(world, 'PATCH /v3/webhooks', change, body);
      if (unknown) return unknown;
      const { success, output } = v.safeParse(change, body);
      if (!success) return chatError(400, 'INVALID_WEBHOOKS_DATA');
      const { webhooksUri: address } = output;
      if (address !== undefined) {
        if (address.length > LONGEST || !/^https?:\/\/[^\s/]/.test(address))
          return chatError(400, 'uriNotValid');
        const status = await tested(world, address);
        if (status !== 200) return chatError(400, 'testPostNotPassed', '', status);
        world.chat.hooks.address = address;
      }
      const { templateStatus, ...others } = output.subscriptions ?? {};
      Object.assign(world.chat.hooks.subscriptions, others, {
        ...(templateStatus !== undefined && { wabaTemplatesStatus: templateStatus }),
      });
      world.changed();
      // The documentation prints `{ ok }`; the real answer is unknown.
      return nothing();
    }),
  ),
];

/** The status of the address; 0 if it does not answer in time. */
async function tested({ options, clock, chat }: World, address: string): Promise<number> {
  const leaving = new AbortController();
  const request = chatHookRequest(chat, cut(address), { test: true }, leaving.signal);
  const status = await Promise.race([
    options.send(request).then(
      response => response.status,
      () => 0,
    ),
    clock.wait(CHAT_PATIENCE).then(() => 0),
  ]);
  leaving.abort();
  return status;
}

/** Observed by one developer: these characters in a query truncate the address. */
function cut(address: string): string {
  const at = address.indexOf('?');
  if (at < 0) return address;
  const length = address.slice(at + 1).search(/[&#+%?/]/);
  return length < 0 ? address : address.slice(0, at + 1 + length);
}
