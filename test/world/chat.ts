/**
 * The chat service's account as a store without HTTP. It knows the people, contacts, deals and roles that
 * were sent to it, and nothing else: whoever forgets to send a contact sees here what that costs.
 * Words are the service's own: its `manager` is the supervisor, its `seller` the sales rep.
 */
import type { Clock } from './clock.ts';

export type WireRole = 'seller' | 'manager' | 'auditor';
/** What a key opens: everything, everything but roles, or channels and messages only. */
export type KeyKind = 'partner' | 'v3' | 'sidecar';

export type ChatUser = { readonly id: string; readonly name: string; readonly phone?: string };
export type ChatChannel = {
  readonly channelId: string;
  readonly transport: string;
  readonly plainId: string;
  state: string;
  readonly name: string;
};
export type UserRole = {
  readonly channelId: string;
  readonly userId: string;
  readonly role: WireRole;
  readonly allowGetNewClients: boolean;
};
/**
 * Telegram and MAX take a phone or a user name for an id that nobody knows yet. Whether the service then finds the chat
 * by it is documented nowhere, so here it does not: a chat is its id.
 */
export type Identity = {
  readonly chatType: string;
  readonly chatId?: string;
  readonly username?: string;
  readonly phone?: string;
};
export type ChatContact = {
  readonly id: string;
  readonly responsibleUserId: string;
  readonly name: string;
  readonly contactData: readonly Identity[];
  readonly uri?: string;
};
export type ChatDeal = {
  readonly id: string;
  readonly responsibleUserId: string;
  readonly name: string;
  readonly uri: string;
  readonly contacts: readonly string[];
  readonly closed: boolean;
};
export type ChatPipeline = {
  readonly id: string;
  readonly name: string;
  readonly stages?: readonly { readonly id: string; readonly name: string }[];
};
export type ChatMessage = {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  /** Absent: the client wrote it. */
  readonly authorId?: string;
};
/** One client on one channel. */
export type Thread = {
  readonly channelId: string;
  readonly chatType: string;
  readonly chatId: string;
  name: string;
  readonly messages: ChatMessage[];
};

/** A text that the messenger checks before it may be sent to people who have not written first. */
export type ChatTemplate = {
  readonly templateGuid: string;
  readonly name: string;
  /** The service writes it in either case. */
  readonly status: string;
  readonly text: string;
};

export type ChatAccount = {
  readonly keys: ReadonlyMap<string, KeyKind>;
  /** Signs the addresses of chat windows. */
  readonly windowSecret: string;
  readonly users: Map<string, ChatUser>;
  readonly contacts: Map<string, ChatContact>;
  readonly deals: Map<string, ChatDeal>;
  pipelines: readonly ChatPipeline[];
  readonly channels: ChatChannel[];
  readonly templates: ChatTemplate[];
  settings: { pushInputOutputMessageEventsForManagers: boolean; userRoles: readonly UserRole[] };
  readonly threads: Thread[];
  readonly roleOf: (userId: string, channelId: string) => UserRole | undefined;
  /** Of a contact or an open deal that the thread belongs to. */
  readonly isResponsible: (userId: string, thread: Thread) => boolean;
  readonly maySee: (userId: string, thread: Thread) => boolean;
  readonly mayWrite: (userId: string, thread: Thread) => boolean;
  readonly threadsOf: (userId: string) => Thread[];
  /** A message from the client; opens the thread when it is his first. */
  readonly receive: (message: { channelId: string; chatId: string; name: string; text: string }) => Thread;
  readonly reply: (userId: string, thread: Thread, text: string) => ChatMessage;
};

/** Which messenger a channel's transport speaks. */
export const chatTypeOf = (transport: string): string =>
  ({ wapi: 'whatsapp', tgapi: 'telegram', maxbot: 'max' })[transport] ?? transport;

export function createChatAccount(clock: Clock, channels: readonly ChatChannel[]): ChatAccount {
  let lastMessage = 0;
  const message = (text: string, authorId?: string): ChatMessage => {
    lastMessage += 1;
    return { id: `m-${lastMessage}`, at: clock.now(), text, ...(authorId === undefined ? {} : { authorId }) };
  };

  const responsiblesOf = (
    thread: Thread,
  ): { readonly known: boolean; readonly userIds: ReadonlySet<string> } => {
    const contacts = [...account.contacts.values()].filter(contact =>
      contact.contactData.some(one => one.chatType === thread.chatType && one.chatId === thread.chatId),
    );
    const contactIds = new Set(contacts.map(contact => contact.id));
    const deals = [...account.deals.values()].filter(
      deal => !deal.closed && deal.contacts.some(id => contactIds.has(id)),
    );
    return {
      known: contacts.length > 0,
      userIds: new Set([...contacts, ...deals].map(one => one.responsibleUserId)),
    };
  };

  const account: ChatAccount = {
    keys: new Map<string, KeyKind>([
      ['partner-key-3f9c', 'partner'],
      ['v3-key-71d0', 'v3'],
      ['sidecar-key-c2aa', 'sidecar'],
    ]),
    windowSecret: 'what only the chat service knows of its windows',
    users: new Map(),
    contacts: new Map(),
    deals: new Map(),
    pipelines: [],
    channels: channels.map(channel => ({ ...channel })),
    templates: [],
    settings: { pushInputOutputMessageEventsForManagers: false, userRoles: [] },
    threads: [],
    roleOf: (userId, channelId) =>
      account.settings.userRoles.find(one => one.userId === userId && one.channelId === channelId),
    isResponsible: (userId, thread) => responsiblesOf(thread).userIds.has(userId),
    maySee(userId, thread) {
      const role = account.roleOf(userId, thread.channelId);
      if (!role) return false;
      if (role.role !== 'seller') return true;
      const { known, userIds } = responsiblesOf(thread);
      return known ? userIds.has(userId) : role.allowGetNewClients;
    },
    mayWrite: (userId, thread) =>
      account.maySee(userId, thread) && account.roleOf(userId, thread.channelId)?.role !== 'auditor',
    threadsOf: userId => account.threads.filter(thread => account.maySee(userId, thread)),
    receive({ channelId, chatId, name, text }) {
      const channel = account.channels.find(one => one.channelId === channelId);
      if (!channel) throw new Error(`No channel ${channelId} in this world`);
      const chatType = chatTypeOf(channel.transport);
      let thread = account.threads.find(one => one.channelId === channelId && one.chatId === chatId);
      if (!thread) {
        thread = { channelId, chatType, chatId, name, messages: [] };
        account.threads.push(thread);
      }
      thread.messages.push(message(text));
      return thread;
    },
    reply(userId, thread, text) {
      const sent = message(text, userId);
      thread.messages.push(sent);
      return sent;
    },
  };
  return account;
}
