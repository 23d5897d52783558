/** Events in a chat account, published as they happen. Its webhooks are made from them. */
import type { ChatChannel, ChatMessage, ChatTemplate, Thread } from './chat.ts';

export type MessageStatus = 'inbound' | 'sent' | 'delivered' | 'read' | 'error';
type Place = Pick<Thread, 'channelId' | 'chatType' | 'chatId' | 'name'>;

export type ChatEvent =
  | {
      readonly kind: 'message';
      readonly place: Place;
      readonly message: ChatMessage;
      /** The previous text and its author. */
      readonly before?: { readonly text: string; readonly authorId: string | undefined };
      readonly isDeleted?: boolean;
      /** True for the first message of the chat. */
      readonly isFirst?: boolean;
    }
  | {
      readonly kind: 'status';
      readonly message: ChatMessage;
      readonly status: MessageStatus;
      /** The service's own error code. */
      readonly error?: string;
      readonly at: number;
    }
  | { readonly kind: 'channel'; readonly channel: ChatChannel; readonly at: number }
  | { readonly kind: 'template'; readonly template: ChatTemplate };

export type ChatEvents = {
  readonly tell: (event: ChatEvent) => void;
  /** Returns a function that stops listening. */
  readonly listen: (listener: (event: ChatEvent) => void) => () => void;
};

export function createChatEvents(): ChatEvents {
  const listeners = new Set<(event: ChatEvent) => void>();
  return {
    tell: event => listeners.forEach(listener => listener(event)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
