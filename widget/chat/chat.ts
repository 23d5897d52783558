/**
 * What a chat service lends us. It shares nothing with the CRM: it knows only the people, contacts and roles
 * that were sent to it, and what a seller sees follows its copy. Every call throws a `Failure` and nothing else.
 */
import type { Assignment } from '../../domain/assignment.ts';
import type { Channel } from '../../domain/channel.ts';
import type { Listed } from '../http/listed.ts';

/** All roles of the account at one moment. */
export type RoleList = {
  readonly assignments: readonly Assignment[];
  /** Whether supervisors are notified of every message. Written back as it was read. */
  readonly notifySupervisors: boolean;
  /** Names this state of the list; a save against an older one is refused as `stale`. */
  readonly version: string;
  /** False when the service's own cabinet is the only place where roles can be changed. */
  readonly writable: boolean;
  /** How many rows this version could not make out. They are nobody's role here, and are written back as they are. */
  readonly notUnderstood: number;
  /** The list in the service's own shape. Nobody looks into it; a save hands it back. */
  readonly asRead: unknown;
};

/** One messenger identity of a client, such as a WhatsApp number. */
export type Identity = {
  readonly messenger: string;
  /** Empty where nobody knows it yet: then the phone or the user name says who it is. */
  readonly id: string;
  readonly username?: string;
  readonly phone?: string;
};

/** One conversation of a client: who they are there, and through which of our channels. */
export type ClientChat = {
  readonly identity: Identity;
  readonly name: string;
  readonly channelId?: string;
};

/** A contact as the chat service keeps it. */
export type ChatCopy = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly identities: readonly Identity[];
  readonly address: string;
};

/**
 * What the chat service knows of a client once the server has looked at them in the CRM. `without-number`: no number that a
 * messenger could know, and no chat of theirs. `free`: nobody works with them, so whoever receives new clients sees the chat.
 * `gone`: the CRM no longer has them.
 */
export type Followed = {
  readonly kind: 'known' | 'without-number' | 'free' | 'gone';
  /** What stands in the card as a phone and can be none. */
  readonly notNumbers: readonly string[];
};

/**
 * What the account's connection is good for. `roles`: everything; `reading`: everything but changing roles; `channels`:
 * channels and messages only, so nobody can say who sees a chat.
 */
export type ChatMode = 'roles' | 'reading' | 'channels';

export type Standing = {
  /** `null`: none is connected. */
  readonly mode: ChatMode | null;
  /** Another one than before is another connection. */
  readonly since: string | null;
  /** Whether the CRM lets the server in. */
  readonly isLetIn: boolean;
  /**
   * Whether an admin can let roles be set here that the key only shows. `ended`: one had, and the service no longer allows it.
   */
  readonly roles: 'none' | 'offered' | 'given' | 'ended';
  /** `cabinet`: on the service's own pages. None: whoever runs the server has connected it. */
  readonly ways: readonly string[];
};

export type Connection = {
  readonly state: (signal?: AbortSignal) => Promise<Standing>;
  /** What a key opens. Nothing is kept. */
  readonly look: (key: string) => Promise<{ readonly mode: ChatMode; readonly channels: readonly Channel[] }>;
  /** `replaces`: another connection may end with it. */
  readonly connect: (key: string, replaces: boolean) => Promise<unknown>;
  readonly disconnect: () => Promise<unknown>;
  /** Where a person goes to connect, or to let roles be set here, on the service's own pages; good for one opening. */
  readonly journey: (language: string, purpose: 'connect' | 'roles') => Promise<string>;
};

// Reasons of failures that a person can do something about.

/** The server has not heard of this account's installation. */
export const NOT_HEARD = 'not-heard';
/** The account has no chat service yet. */
export const NOT_CONNECTED = 'not-connected';
/** The service does not take the key that was given. */
export const KEY_NOT_TAKEN = 'key-not-taken';
/** Another account is connected with it. */
export const KEY_IN_USE = 'key-in-use';

/** I have no role that may answer, on any channel. */
export const ROLE_REQUIRED = 'role-required';
/** Roles can be changed in the service's own cabinet only. */
export const ROLES_READ_ONLY = 'roles-read-only';
/** The key that stands for the account opens too little. */
export const KEY_TOO_WEAK = 'key-too-weak';
/** The service did not accept the key that stands for the account. */
export const KEY_REFUSED = 'key-refused';
/** A write was not begun. */
export const NOT_WRITTEN = 'not-written';
/** Nobody has said who is an admin. */
export const ADMINS_UNKNOWN = 'admins-unknown';
/** The service takes no more people. */
export const PEOPLE_LIMIT = 'people-limit';

/** A text that the messenger has checked beforehand, for people who have not written in the last 24 hours. */
export type Template = {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly approved: boolean;
  /** Whether values have to be filled in before it can be sent. */
  readonly hasBlanks: boolean;
};

/** Why a message was not sent: the `reason` of the failure, where the service says it. */
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

/** The `reason` of a failure when the service has this message already. */
export const ALREADY_SENT = 'already-sent';

/** A message from the company's channel to a phone number (country code first, digits only). */
export type Outgoing = {
  readonly channel: Channel;
  readonly number: string;
  readonly content: { readonly text: string } | { readonly templateId: string };
  readonly authorId: string;
  /** Made by us, new for each message: the service refuses the same one for a minute. */
  readonly clientId: string;
};

export type Chat = {
  readonly connection: Connection;
  /** In the service's own order. */
  readonly channels: (signal?: AbortSignal) => Promise<Listed<Channel>>;
  readonly roles: (signal?: AbortSignal) => Promise<RoleList>;
  /** Replaces the whole list, if it is still the one that `version` names; answers with the list as it then is. */
  readonly saveRoles: (
    list: Pick<RoleList, 'assignments' | 'notifySupervisors' | 'version' | 'asRead'>,
  ) => Promise<RoleList>;
  /** After so many milliseconds a write of roles has happened or never will, whatever was answered. */
  readonly settledAfterMs: number;
  /** How many people the service takes at most. More are refused for the reason `PEOPLE_LIMIT`. */
  readonly mostPeople: number;
  /**
   * Makes the service know these people. Whoever has a role must be known. Idempotent. Many go in several requests:
   * aborted, it stops between two of them and fails as `cancelled`.
   */
  readonly introduce: (
    people: readonly { readonly id: string; readonly name: string }[],
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void },
  ) => Promise<void>;
  /** `null` when the service was never sent this contact. */
  readonly contact: (contactId: string) => Promise<ChatCopy | null>;
  /** Who is responsible for other contacts with one of the client's numbers: they see the chat as well. */
  readonly others: (contactId: string) => Promise<readonly string[]>;
  /**
   * The client may have changed hands: the server looks at them, and at these deals of theirs, and tells the chat service what
   * the CRM says. Idempotent. Fails as `missing` for whoever may not see the client.
   */
  readonly changed: (contactId: string, dealIds?: readonly string[]) => Promise<Followed>;
  readonly templates: () => Promise<Listed<Template>>;
  /** Never sent twice by us. A failure that is not an answer leaves open whether the message went out. */
  readonly send: (message: Outgoing) => Promise<void>;
  /** The address of the person's own chat window; good for one opening. `global`: all chats that they see. */
  readonly windowAddress: (
    window:
      | { readonly scope: 'global' }
      /** This client's chats only, opened on `active`. */
      | { readonly scope: 'client'; readonly client: readonly ClientChat[]; readonly active?: ClientChat },
  ) => Promise<string>;
  /** Whether the address is one of the service's own pages, safe to open. */
  readonly isOwnAddress: (address: string) => boolean;
  /** Where people manage the service itself. */
  readonly cabinetAddress: string;
};
