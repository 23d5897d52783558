/**
 * The chat service's account as a store without HTTP. It knows only the people, contacts, deals and roles that were
 * sent to it, so a test sees what a missing contact causes. It uses the service's own words: its `manager` is the
 * supervisor, its `seller` the sales rep.
 */
import { createChatEvents, type ChatEvents, type MessageStatus } from './chat-events.ts';
import { createChatHooks, type ChatHookContent, type ChatHooks } from './chat-hooks.ts';
import type { Clock } from './clock.ts';
import type { Carry } from './courier.ts';
import { createCreations, type Creations, type NewClients } from './creations.ts';
import { usualOddities, type Oddities } from './oddities.ts';
import { createPartnerHooks, type PartnerHookContent, type PartnerHooks } from './partner-hooks.ts';

export type WireRole = 'seller' | 'manager' | 'auditor';
/** What a key allows: everything, everything except roles, or only channels and messages. */
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
 * Telegram and MAX accept a phone or a user name while the id is unknown. Whether the service then finds the chat is
 * not documented, so here it does not: a chat is identified only by its id.
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
/** How a message was written. For `phone`, the author is unknown. */
export type Writer = 'client' | 'window' | 'api' | 'phone';

export type ChatMessage = {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly from: Writer;
  readonly authorId?: string;
  /** The id given by the API client that sent it. */
  readonly crmMessageId?: string;
  /** Sent in a way that the client still counts as waiting for an answer. */
  readonly leavesUnanswered?: boolean;
};
/** One client on one channel. */
export type Thread = {
  readonly channelId: string;
  readonly chatType: string;
  readonly chatId: string;
  name: string;
  readonly messages: ChatMessage[];
};

/** A text that the messenger approves before it may be sent to people who have not written first. */
export type ChatTemplate = {
  readonly templateGuid: string;
  readonly name: string;
  /** The service writes it in either case. */
  readonly status: string;
  readonly text: string;
};

export type ChatAccount = {
  readonly id: number;
  readonly keys: Map<string, KeyKind>;
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
  /** Whether the user owns a contact or an open deal to which the thread belongs. */
  readonly isResponsible: (userId: string, thread: Thread) => boolean;
  readonly maySee: (userId: string, thread: Thread) => boolean;
  readonly mayWrite: (userId: string, thread: Thread) => boolean;
  readonly threadsOf: (userId: string) => Thread[];
  /** How new clients are distributed. */
  newClients: NewClients;
  readonly events: ChatEvents;
  readonly hooks: ChatHooks;
  readonly partnerHooks: PartnerHooks;
  readonly creations: Creations;
  /** A message from the client. The first one opens the thread. */
  readonly receive: (message: { channelId: string; chatId: string; name: string; text: string }) => Thread;
  /** An answer, by default from the service's own window. */
  readonly reply: (userId: string, thread: Thread, text: string, more?: Sent) => ChatMessage;
  /** An answer typed on the phone, by an unknown author. */
  readonly answerFromPhone: (thread: Thread, text: string) => ChatMessage;
  readonly editMessage: (userId: string, thread: Thread, messageId: string, text: string) => void;
  readonly deleteMessage: (userId: string, thread: Thread, messageId: string) => void;
  /** The delivery status of a message; an error has the service's own code. */
  readonly setStatus: (message: ChatMessage, status: MessageStatus, error?: string) => void;
  readonly setChannelState: (channelId: string, state: string) => void;
};

export type Sent = {
  readonly from?: 'window' | 'api';
  readonly crmMessageId?: string;
  readonly clearsUnanswered?: boolean;
};

type Seed = {
  readonly id?: number;
  readonly office?: number;
  readonly channels: readonly ChatChannel[];
  readonly oddities?: Oddities;
  readonly carry?: () => Carry<ChatHookContent> | undefined;
  readonly carryPartner?: () => Carry<PartnerHookContent> | undefined;
  readonly changed?: () => void;
};

export const FIRST_CHAT = 41_507;

/** The messenger of a channel's transport. */
export const chatTypeOf = (transport: string): string =>
  ({ wapi: 'whatsapp', tgapi: 'telegram', maxbot: 'max' })[transport] ?? transport;

export function createChatAccount(clock: Clock, seed: Seed): ChatAccount {
  const { id = FIRST_CHAT, office = 0, channels, oddities = usualOddities() } = seed;
  const { carry = () => undefined, carryPartner = () => undefined, changed = () => undefined } = seed;
  const events = createChatEvents();
  const hooks = createChatHooks(clock, { events, oddities, carry, changed });
  const partnerHooks = createPartnerHooks(clock, { events, oddities, carry: carryPartner, changed });
  const creations = createCreations(events, () => ({ ...account, ask: hooks.ask }));
  let lastMessage = 0;
  const write = (thread: Thread, written: Omit<ChatMessage, 'id' | 'at'>): ChatMessage => {
    lastMessage += 1;
    const message = { id: `m-${id}-${lastMessage}`, at: clock.now(), ...written };
    const isFirst = thread.messages.length === 0;
    thread.messages.push(message);
    events.tell({ kind: 'message', place: placeOf(thread), message, isFirst });
    return message;
  };
  const placeOf = ({ channelId, chatType, chatId, name }: Thread) => ({ channelId, chatType, chatId, name });
  const revise = (
    userId: string,
    thread: Thread,
    messageId: string,
    text: string,
    isDeleted: boolean,
  ): void => {
    const at = thread.messages.findIndex(one => one.id === messageId);
    const old = thread.messages[at];
    if (!old) throw new Error(`There is no message ${messageId}`);
    const message = { ...old, text, authorId: userId };
    const before = { text: old.text, authorId: old.authorId };
    if (isDeleted) thread.messages.splice(at, 1);
    else thread.messages[at] = message;
    events.tell({ kind: 'message', place: placeOf(thread), message, before, isDeleted });
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

  const suffix = (office === 0 ? '' : `-${office}`) + (id === FIRST_CHAT ? '' : `-${id}`);
  const account: ChatAccount = {
    id,
    keys: new Map<string, KeyKind>([
      [`partner-key-3f9c${suffix}`, 'partner'],
      [`v3-key-71d0${suffix}`, 'v3'],
      [`sidecar-key-c2aa${suffix}`, 'sidecar'],
    ]),
    windowSecret: 'what only the chat service knows of its windows',
    users: new Map(),
    contacts: new Map(),
    deals: new Map(),
    pipelines: [],
    channels: [...structuredClone(channels)],
    templates: [],
    settings: { pushInputOutputMessageEventsForManagers: false, userRoles: [] },
    threads: [],
    newClients: 'nobody',
    events,
    hooks,
    partnerHooks,
    creations,
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
      write(thread, { text, from: 'client' });
      return thread;
    },
    reply: (authorId, thread, text, { from = 'window', crmMessageId, clearsUnanswered = true } = {}) =>
      write(thread, {
        text,
        from,
        authorId,
        ...(crmMessageId !== undefined && { crmMessageId }),
        ...(!clearsUnanswered && { leavesUnanswered: true }),
      }),
    answerFromPhone: (thread, text) => write(thread, { text, from: 'phone' }),
    editMessage: (userId, thread, messageId, text) => revise(userId, thread, messageId, text, false),
    deleteMessage: (userId, thread, messageId) => revise(userId, thread, messageId, '', true),
    setStatus: (message, status, error) =>
      events.tell({
        kind: 'status',
        message,
        status,
        at: clock.now(),
        ...(error !== undefined && { error }),
      }),
    setChannelState(channelId, state) {
      const channel = account.channels.find(one => one.channelId === channelId);
      if (!channel) throw new Error(`No channel ${channelId} in this world`);
      channel.state = state;
      events.tell({ kind: 'channel', channel: { ...channel }, at: clock.now() });
    },
  };
  return account;
}
