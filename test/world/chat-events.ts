/** What happens in a chat account, told as it happens: its webhooks are made from it. */
import type { ChatChannel, ChatMessage, ChatTemplate, Thread } from './chat.ts';

export type MessageStatus = 'inbound' | 'sent' | 'delivered' | 'read' | 'error';
type Place = Pick<Thread, 'channelId' | 'chatType' | 'chatId' | 'name'>;

export type ChatEvent =
  | {
      readonly kind: 'message';
      readonly place: Place;
      readonly message: ChatMessage;
      /** What it said before, and who had written that. */
      readonly before?: { readonly text: string; readonly authorId: string | undefined };
      readonly isDeleted?: boolean;
      /** The chat had no message before. */
      readonly isFirst?: boolean;
    }
  | {
      readonly kind: 'status';
      readonly message: ChatMessage;
      readonly status: MessageStatus;
      /** The service's own code of what went wrong. */
      readonly error?: string;
      readonly at: number;
    }
  | { readonly kind: 'channel'; readonly channel: ChatChannel; readonly at: number }
  | { readonly kind: 'template'; readonly template: ChatTemplate };

export type ChatEvents = {
  readonly tell: (event: ChatEvent) => void;
  /** Returns its undo. */
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
