/** The body of a chat service's webhook. It does not contain the account. */
import type { ChatEvent } from '../../world/chat-events.ts';
import type { ChatAccount, ChatMessage } from '../../world/chat.ts';
import type { ChatHookContent, CreationRequest } from '../../world/chat-hooks.ts';

type Message = Extract<ChatEvent, { kind: 'message' }>;
type Status = Extract<ChatEvent, { kind: 'status' }>;

export function chatHookBody(chat: ChatAccount, content: ChatHookContent): unknown {
  if (content.kind === 'creation') return creationBody(content.request);
  const { events } = content;
  const [first] = events;
  if (first?.kind === 'channel') return { channelsUpdates: [channelUpdate(first)] };
  if (first?.kind === 'template') {
    const { templateGuid, name, status } = first.template;
    return { templateStatus: { templateGuid, name, status } };
  }
  const messages = events.flatMap(event => (event.kind === 'message' ? [wireMessage(chat, event)] : []));
  const statuses = events.flatMap(event => (event.kind === 'status' ? [wireStatus(event)] : []));
  return { ...(messages.length > 0 && { messages }), ...(statuses.length > 0 && { statuses }) };
}

/** Webhooks spell states differently from the list. */
const STATES: Readonly<Record<string, string>> = { qridle: 'qr', openelsewhere: 'openElsewhere' };

const channelUpdate = ({ channel, at }: Extract<ChatEvent, { kind: 'channel' }>): unknown => ({
  channelId: channel.channelId,
  state: STATES[channel.state] ?? channel.state,
  timestamp: at,
});

function wireMessage(chat: ChatAccount, event: Message): unknown {
  const { place, message, before, isDeleted } = event;
  const isEcho = message.from !== 'client';
  return {
    messageId: message.id,
    dateTime: new Date(message.at).toISOString(),
    channelId: place.channelId,
    chatType: place.chatType,
    chatId: place.chatId,
    type: 'text',
    isEcho,
    ...(isEcho && { sentFromApp: message.from === 'window' }),
    contact: { name: place.name },
    text: message.text,
    status: isEcho ? 'sent' : 'inbound',
    ...authorOf(chat, message),
    ...(message.crmMessageId !== undefined && { crmMessageId: message.crmMessageId }),
    ...(before && {
      [isDeleted === true ? 'isDeleted' : 'isEdited']: true,
      oldInfo: {
        oldText: before.text,
        ...(before.authorId !== undefined && {
          oldAuthorId: before.authorId,
          oldAuthorName: nameIn(chat, before.authorId),
        }),
      },
    }),
  };
}

/** An author who answers on the phone has no id. */
const authorOf = (chat: ChatAccount, { authorId, from }: ChatMessage): object =>
  authorId === undefined || from === 'client' || from === 'phone'
    ? {}
    : { ...(chat.users.has(authorId) && { authorId }), authorName: nameIn(chat, authorId) };

const nameIn = ({ users }: ChatAccount, id: string): string => users.get(id)?.name ?? id;

const wireStatus = ({ message, status, error, at }: Status): unknown => ({
  messageId: message.id,
  timestamp: new Date(at).toISOString(),
  status,
  ...(error !== undefined && { error: { error, description: '', data: '' } }),
});

function creationBody(request: CreationRequest): unknown {
  const { responsibleUserId, source } = request;
  if (request.entity === 'deal') {
    return { createDeal: { responsibleUserId, contacts: [request.contactId], source } };
  }
  const { name, chatType, chatId } = request;
  return {
    createContact: { responsibleUserId, name, contactData: [{ chatType, chatId }], source },
  };
}
