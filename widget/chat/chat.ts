/**
 * The interface of a chat service. It shares nothing with the CRM: it knows only the people, contacts and roles that
 * were sent to it, and its own copy decides what a seller sees. Every call throws a `Failure` and nothing else.
 */
import type { Assignment } from '../../domain/assignment.ts';
import type { Channel } from '../../domain/channel.ts';
import type { Listed } from '../http/listed.ts';

/** All roles of the account at one moment. */
export type RoleList = {
  readonly assignments: readonly Assignment[];
  /** Whether supervisors are notified of every message. Written back unchanged. */
  readonly notifySupervisors: boolean;
  /** Identifies this state of the list. A save based on an older state is refused as `stale`. */
  readonly version: string;
  /** False if roles can be changed only in the service's own cabinet. */
  readonly writable: boolean;
  /** How many rows this version could not read. They count as no one's role and are written back unchanged. */
  readonly notUnderstood: number;
  /** The list in the service's own format. Opaque; a save passes it back. */
  readonly asRead: unknown;
};

/** One messenger identity of a client, such as a WhatsApp number. */
export type Identity = {
  readonly messenger: string;
  /** Empty while unknown; then the phone or the user name identifies the client. */
  readonly id: string;
  readonly username?: string;
  readonly phone?: string;
};

/** One conversation of a client: their identity there, and the channel. */
export type ClientChat = {
  readonly identity: Identity;
  readonly name: string;
  readonly channelId?: string;
};

/** A contact as the chat service stores it. */
export type ChatCopy = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly identities: readonly Identity[];
  readonly address: string;
};

/**
 * What the chat service knows about a client after the server read the client in the CRM. `without-number`: the client
 * has no number that a messenger could know, and no chat. `free`: the client has no working owner, so everyone who
 * receives new clients sees the chat. `gone`: the CRM no longer has the client.
 */
export type Followed = {
  readonly kind: 'known' | 'without-number' | 'free' | 'gone';
  /** Phone fields of the card that cannot be phone numbers. */
  readonly notNumbers: readonly string[];
};

/**
 * What the account's connection allows. `roles`: everything. `reading`: everything except changing roles. `channels`:
 * only channels and messages, so it is unknown who sees a chat.
 */
export type ChatMode = 'roles' | 'reading' | 'channels';

export type Standing = {
  /** `null` if no chat service is connected. */
  readonly mode: ChatMode | null;
  /** A different value means a different connection. */
  readonly since: string | null;
  /** Whether the CRM grants the server access. */
  readonly isLetIn: boolean;
  /**
   * Whether an admin can allow changing roles that the key can only read. `ended`: an admin had allowed it, but the
   * service no longer accepts it.
   */
  readonly roles: 'none' | 'offered' | 'given' | 'ended';
  /** `cabinet`: on the service's own pages. Empty: the operator of the server made the connection. */
  readonly ways: readonly string[];
};

export type Connection = {
  readonly state: (signal?: AbortSignal) => Promise<Standing>;
  /** What a key gives access to. Nothing is stored. */
  readonly look: (key: string) => Promise<{ readonly mode: ChatMode; readonly channels: readonly Channel[] }>;
  /** `replaces`: the new connection may end another one. */
  readonly connect: (key: string, replaces: boolean) => Promise<unknown>;
  readonly disconnect: () => Promise<unknown>;
  /**
   * The address on the service's own pages where an admin connects the account or allows changing roles. It can be
   * opened once.
   */
  readonly journey: (language: string, purpose: 'connect' | 'roles') => Promise<string>;
};

// Reasons of failures that a person can act on.

/** The server does not know this account's installation. */
export const NOT_HEARD = 'not-heard';
/** The account has no chat service yet. */
export const NOT_CONNECTED = 'not-connected';
/** The service does not accept the given key. */
export const KEY_NOT_TAKEN = 'key-not-taken';
/** Another account is connected with this key. */
export const KEY_IN_USE = 'key-in-use';

/** The person has no role that may answer on any channel. */
export const ROLE_REQUIRED = 'role-required';
/** Roles can be changed only in the service's own cabinet. */
export const ROLES_READ_ONLY = 'roles-read-only';
/** The account's key does not give enough access. */
export const KEY_TOO_WEAK = 'key-too-weak';
/** The service did not accept the account's key. */
export const KEY_REFUSED = 'key-refused';
/** The write was not started. */
export const NOT_WRITTEN = 'not-written';
/** It is unknown who is an admin. */
export const ADMINS_UNKNOWN = 'admins-unknown';
/** The service accepts no more people. */
export const PEOPLE_LIMIT = 'people-limit';

/** A text that the messenger approved beforehand. Required for clients who have not written in the last 24 hours. */
export type Template = {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly approved: boolean;
  /** Whether values must be filled in before it can be sent. */
  readonly hasBlanks: boolean;
};

/** Why a message was not sent: the `reason` of the failure, if the service gives one. */
export const SEND_PROBLEMS = [
  'channel-gone',
  'channel-blocked',
  'channel-unpaid',
  'channel-limit',
  'channel-unavailable',
  'not-first',
  'spam',
  'bad-contact',
  'wrong-messenger',
  'no-balance',
  'waba-rejected',
  'template-rejected',
  'no-access',
  'bad-message',
  'key-refused',
] as const;
export type SendProblem = (typeof SEND_PROBLEMS)[number];

/** The `reason` of a failure if the service already has this message. */
export const ALREADY_SENT = 'already-sent';

/** A message from the company's channel to a phone number (country code first, digits only). */
export type Outgoing = {
  readonly channel: Channel;
  readonly number: string;
  readonly content: { readonly text: string } | { readonly templateId: string };
  readonly authorId: string;
  /** An id made by us, new for each message: the service refuses a repeated one for a minute. */
  readonly clientId: string;
};

export type Chat = {
  readonly connection: Connection;
  /** In the service's own order. */
  readonly channels: (signal?: AbortSignal) => Promise<Listed<Channel>>;
  readonly roles: (signal?: AbortSignal) => Promise<RoleList>;
  /** Replaces the whole list if `version` still matches; returns the resulting list. */
  readonly saveRoles: (
    list: Pick<RoleList, 'assignments' | 'notifySupervisors' | 'version' | 'asRead'>,
  ) => Promise<RoleList>;
  /** After this many milliseconds a write of roles has either happened or never will, whatever the answer was. */
  readonly settledAfterMs: number;
  /** The maximum number of people in the service. More are refused with the reason `PEOPLE_LIMIT`. */
  readonly mostPeople: number;
  /**
   * Sends people to the service; everyone with a role must be known there. Idempotent. Large numbers are sent in
   * several requests; when aborted, it stops between two requests and fails as `cancelled`.
   */
  readonly introduce: (
    people: readonly { readonly id: string; readonly name: string }[],
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void },
  ) => Promise<void>;
  /** `null` if this contact was never sent to the service. */
  readonly contact: (contactId: string) => Promise<ChatCopy | null>;
  /** The owners of other contacts with one of the client's numbers. They see the chat as well. */
  readonly others: (contactId: string) => Promise<readonly string[]>;
  /**
   * Reports that the client may have a new owner. The server reads the client and the given deals in the CRM and
   * updates the chat service. Idempotent. Fails as `missing` for people who may not see the client.
   */
  readonly changed: (contactId: string, dealIds?: readonly string[]) => Promise<Followed>;
  readonly templates: () => Promise<Listed<Template>>;
  /** Never repeated by us. A failure without an answer leaves open whether the message was sent. */
  readonly send: (message: Outgoing) => Promise<void>;
  /** The address of the person's own chat window. It can be opened once. `global`: all chats that they see. */
  readonly windowAddress: (
    window:
      | { readonly scope: 'global' }
      /** Only this client's chats, opened on `active`. */
      | { readonly scope: 'client'; readonly client: readonly ClientChat[]; readonly active?: ClientChat },
  ) => Promise<string>;
  /** Whether the address is one of the service's own pages and safe to open. */
  readonly isOwnAddress: (address: string) => boolean;
  /** The page on which people manage the service itself. */
  readonly cabinetAddress: string;
};
