/** POST /v3/message: not idempotent, but a client id used within the last minute is refused. */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import { chatTypeOf, type ChatAccount, type ChatChannel, type Thread } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { beyond } from './beyond.ts';
import { chatError } from './error.ts';
import { ANY_KEY, type Keyed } from './key.ts';

const REMEMBERED_MILLISECONDS = 60_000;
/** The author that the service shows for a message without a known user. */
const NOBODY_IN_PARTICULAR = 'API • Admin';

const filled = v.pipe(v.string(), v.minLength(1));
const schema = v.strictObject({
  channelId: filled,
  chatType: filled,
  chatId: v.optional(filled),
  /** Used while the id of the chat is unknown: Telegram and MAX accept a phone, Telegram also a user name. */
  phone: v.optional(filled),
  username: v.optional(filled),
  text: v.optional(filled),
  contentUri: v.optional(filled),
  templateId: v.optional(filled),
  crmUserId: v.optional(v.string()),
  crmMessageId: v.optional(filled),
  /** If false, the client still counts as waiting for an answer. */
  clearUnanswered: v.optional(v.boolean(), true),
});

export function messageRoutes(world: World, keyed: Keyed): RequestHandler[] {
  const sent = new Map<string, number>();
  const isRepeated = (crmMessageId: string | undefined): boolean => {
    if (crmMessageId === undefined) return false;
    const last = sent.get(crmMessageId) ?? -Infinity;
    sent.set(crmMessageId, world.clock.now());
    return world.clock.now() - last < REMEMBERED_MILLISECONDS;
  };
  return [
    http.post(
      'https://api.wazzup24.com/v3/message',
      keyed(ANY_KEY, async ({ request }) => {
        const body = await bodyOf(request);
        const unknown = beyond(world, 'POST /v3/message', schema, body);
        if (unknown) return unknown;
        const { success, output, issues } = v.safeParse(schema, body);
        if (!success) {
          const fields = issues.map(issue => v.getDotPath(issue) ?? '');
          return chatError(400, 'INVALID_MESSAGE_DATA', 'Message data is invalid', { fields });
        }
        const { text, contentUri, templateId } = output;
        if ([text, contentUri, templateId].filter(one => one !== undefined).length !== 1) {
          return chatError(400, 'INVALID_MESSAGE_DATA', 'Message data is invalid', {
            fields: ['text', 'contentUri'],
          });
        }
        const chatId = addressee(output);
        if (chatId === undefined) {
          return chatError(400, 'INVALID_MESSAGE_DATA', 'Message data is invalid', { fields: ['chatId'] });
        }
        const channel = world.chat.channels.find(one => one.channelId === output.channelId);
        const refused = refusalOf(channel, output.chatType);
        if (refused) return refused;
        const template = world.chat.templates.find(one => one.templateGuid === templateId);
        if (templateId !== undefined && template?.status.toLowerCase() !== 'approved') {
          return chatError(400, 'TEMPLATE_REJECTED');
        }
        if (isRepeated(output.crmMessageId)) return chatError(400, 'REPEATED_CRM_MESSAGE_ID');
        const author = world.chat.users.has(output.crmUserId ?? '') ? output.crmUserId : undefined;
        const { id } = world.chat.reply(
          author ?? NOBODY_IN_PARTICULAR,
          threadFor(world.chat, { ...output, chatId }),
          text ?? contentUri ?? template?.text ?? '',
          {
            from: 'api',
            clearsUnanswered: output.clearUnanswered,
            ...(output.crmMessageId !== undefined && { crmMessageId: output.crmMessageId }),
          },
        );
        world.changed();
        return Response.json({ messageId: id, chatId }, { status: 201 });
      }),
    ),
  ];
}

function addressee({ chatType, chatId, phone, username }: v.InferOutput<typeof schema>): string | undefined {
  if (chatType === 'telegram') return chatId ?? phone ?? username;
  return chatType === 'max' ? (chatId ?? phone) : chatId;
}

function refusalOf(channel: ChatChannel | undefined, chatType: string): Response | undefined {
  if (!channel) return chatError(400, 'CHANNEL_NOT_FOUND');
  if (chatTypeOf(channel.transport) !== chatType) return chatError(400, 'WRONG_TRANSPORT');
  if (channel.state === 'notEnoughMoney') return chatError(400, 'CHANNEL_NO_MONEY');
  if (channel.state === 'blocked') return chatError(400, 'CHANNEL_BLOCKED');
  return channel.state === 'active' ? undefined : chatError(400, 'MESSAGE_CHANNEL_UNAVAILABLE');
}

/** The first message opens the chat. */
export function threadFor(
  { threads }: ChatAccount,
  { channelId, chatType, chatId }: Pick<Thread, 'channelId' | 'chatType' | 'chatId'>,
): Thread {
  const known = threads.find(one => one.channelId === channelId && one.chatId === chatId);
  if (known) return known;
  const opened: Thread = { channelId, chatType, chatId, name: chatId, messages: [] };
  threads.push(opened);
  return opened;
}
