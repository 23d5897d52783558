/**
 * The webhooks for partners. `recipient` is always the chat, whoever wrote. It is not documented which field of a
 * status identifies the request that sent the message; here it is `request_id`.
 */
import type { ChatEvent } from '../../../world/chat-events.ts';
import type { ChatMessage } from '../../../world/chat.ts';
import type { PartnerHookContent } from '../../../world/partner-hooks.ts';

/** `at` is in milliseconds, the envelope's time in seconds. */
export const partnerHookBody = ({ kind, event, idempotencyKey, at }: PartnerHookContent): object => ({
  event: kind,
  data: [itemOf(event)],
  meta: { idempotency_key: idempotencyKey, timestamp: Math.floor(at / 1000) },
});

function itemOf(event: ChatEvent): object {
  switch (event.kind) {
    case 'message':
      return {
        ...named(event.message),
        channel_id: event.place.channelId,
        direction: event.message.from === 'client' ? 'inbound' : 'outbound',
        timestamp: event.message.at,
        status: 'accepted',
        crm_user_id: event.message.authorId ?? null,
        recipient: {
          chat_id: event.place.chatId,
          chat_type: event.place.chatType,
          name: event.place.name,
          username: null,
          phone: event.place.chatId,
        },
        text: event.message.text,
      };
    case 'status':
      return {
        ...named(event.message),
        timestamp: event.at,
        status: event.status,
        ...(event.error !== undefined && { error: { code: event.error } }),
      };
    case 'channel':
      return { channel_id: event.channel.channelId, status: event.channel.state, reason: null };
    case 'template':
      return {};
  }
}

const named = ({ id, crmMessageId }: ChatMessage): object => ({
  message_id: id,
  ...(crmMessageId !== undefined && { request_id: crmMessageId }),
});
