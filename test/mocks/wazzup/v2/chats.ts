/** Channels, messages, windows and subscriptions of the partner API. */
import * as v from 'valibot';
import { chatTypeOf, type ChatChannel } from '../../../world/chat.ts';
import { PARTNER_EVENTS } from '../../../world/partner-hooks.ts';
import type { World } from '../../../world/world.ts';
import { threadFor } from '../messages.ts';
import { unansweredBy } from '../unanswered.ts';
import { windowAddress } from '../window.ts';
import { notValid, partnerError } from './envelope.ts';
import { partnerRoute, type PartnerRoute } from './route.ts';

const filled = v.pipe(v.string(), v.minLength(1));
const recipient = v.strictObject({ chat_type: filled, chat_id: filled });
const message = v.strictObject({
  channel_id: filled,
  recipient,
  text: filled,
  crm_user_id: v.exactOptional(filled),
});
/** The documentation has `user.id`; the service accepts `user_id`. Chats are allowed only for a card. */
const windowLink = v.strictObject({
  scope: v.picklist(['global', 'card']),
  user_id: filled,
  author_name: v.exactOptional(v.string()),
  chats: v.exactOptional(
    v.array(v.strictObject({ ...recipient.entries, contact_name: v.exactOptional(v.string()) })),
  ),
});
const event = v.picklist(PARTNER_EVENTS);
const url = v.pipe(v.string(), v.url());

const wireChannel = ({ channelId, transport, state, plainId, name }: ChatChannel): object => ({
  channel_id: channelId,
  transport,
  state,
  status: state,
  phone: plainId,
  name,
});
const missing = (): Response => partnerError(404, 'ENTITY_NOT_FOUND', 'Not Found', 'There is no such entity');

/**
 * The answer only identifies the request; the fate of the message is reported as an event. That a sales rep may not
 * write to another owner's client is reported in that event as well.
 */
function send({ chat }: World, body: v.InferOutput<typeof message>): Response | object {
  const { channel_id: channelId, text, crm_user_id: userId } = body;
  const { chat_type: chatType, chat_id: chatId } = body.recipient;
  const channel = chat.channels.find(one => one.channelId === channelId);
  if (!channel || chatTypeOf(channel.transport) !== chatType) return notValid(['channel_id is not valid']);
  const request_id = crypto.randomUUID();
  const thread = threadFor(chat, { channelId, chatType, chatId });
  const isRefused = userId !== undefined && chat.roleOf(userId, channelId) && !chat.mayWrite(userId, thread);
  if (isRefused) {
    const refused = { id: `m-${request_id}`, at: 0, text, from: 'api', crmMessageId: request_id } as const;
    chat.setStatus(refused, 'error', 'chat_no_access');
  } else {
    const written = chat.reply(userId ?? 'API • Admin', thread, text, {
      from: 'api',
      crmMessageId: request_id,
    });
    chat.setStatus(written, 'sent');
  }
  return { request_id };
}

export const chatRoutes: readonly PartnerRoute[] = [
  partnerRoute('GET /v2/channels', undefined, ({ world: { chat } }) => chat.channels.map(wireChannel)),
  partnerRoute('GET /v2/channels/:id', undefined, ({ world: { chat }, params }) => {
    const found = chat.channels.find(one => one.channelId === params['id']);
    return found ? wireChannel(found) : missing();
  }),
  partnerRoute('POST /v2/messages', message, ({ world, body }) => send(world, body)),
  partnerRoute('GET /v2/counters/unanswered/:id', undefined, ({ world, params }) => {
    const { count: counter, type } = unansweredBy(world, params['id'] ?? '');
    return { counter, type };
  }),
  partnerRoute('POST /v2/iframe-links/chats', windowLink, async ({ world, body }) => {
    const { scope, user_id: sub, chats: given } = body;
    if ((scope === 'card') !== (given !== undefined)) return notValid(['chats is not valid']);
    const chats = given?.map(({ chat_type: chatType, chat_id: chatId }) => ({ chatType, chatId }));
    return { link: await windowAddress(world, { sub, chats }) };
  }),
  partnerRoute('GET /v2/webhooks', undefined, ({ world: { chat } }) => [
    ...chat.partnerHooks.subscriptions.values(),
  ]),
  partnerRoute(
    'POST /v2/webhooks',
    v.strictObject({ data: v.array(v.strictObject({ url, event })) }),
    ({ world: { chat }, body }) => {
      const made = body.data.map(one => ({ id: crypto.randomUUID(), ...one }));
      made.forEach(one => chat.partnerHooks.subscriptions.set(one.id, one));
      return made;
    },
  ),
  partnerRoute(
    'PATCH /v2/webhooks',
    v.strictObject({ data: v.array(v.strictObject({ id: filled, url, event })) }),
    ({ world: { chat }, body }) => {
      const { subscriptions } = chat.partnerHooks;
      if (body.data.some(one => !subscriptions.has(one.id))) return missing();
      body.data.forEach(one => subscriptions.set(one.id, one));
      return body.data;
    },
  ),
  partnerRoute(
    'DELETE /v2/webhooks',
    v.strictObject({ data: v.array(v.strictObject({ id: filled })) }),
    ({ world: { chat }, body }) => {
      const { subscriptions } = chat.partnerHooks;
      if (body.data.some(one => !subscriptions.has(one.id))) return missing();
      body.data.forEach(one => subscriptions.delete(one.id));
      return {};
    },
  ),
];
