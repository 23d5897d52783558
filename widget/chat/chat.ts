/**
 * What a chat service lends us. It shares nothing with the CRM: it knows only the people, contacts and roles
 * that were sent to it, and what a seller sees follows its copy. Every call throws a `Failure` and nothing else.
 */
import type { Assignment } from '../domain/assignment.ts';
import type { Channel } from '../domain/channel.ts';

/** All roles of the account at one moment. */
export type RoleList = {
  readonly assignments: readonly Assignment[];
  /** Whether supervisors are notified of every message. Written back as it was read. */
  readonly notifySupervisors: boolean;
  /** Names this state of the list; a save against an older one is refused as `stale`. */
  readonly version: string;
  /** False when the service's own cabinet is the only place where roles can be changed. */
  readonly writable: boolean;
};

/** One messenger identity of a client, such as a WhatsApp number. */
export type Identity = {
  readonly messenger: string;
  readonly id: string;
  readonly username?: string;
  readonly phone?: string;
};

/** A contact as the chat service keeps it. */
export type KnownContact = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly identities: readonly Identity[];
  readonly address: string;
};

export type Chat = {
  /** In the service's own order. */
  readonly channels: (signal?: AbortSignal) => Promise<readonly Channel[]>;
  readonly roles: (signal?: AbortSignal) => Promise<RoleList>;
  /** Replaces the whole list, if it is still the one that `version` names; answers with the list as it then is. */
  readonly saveRoles: (
    list: Pick<RoleList, 'assignments' | 'notifySupervisors' | 'version'>,
  ) => Promise<RoleList>;
  /** Makes the service know these people. Whoever has a role must be known. Idempotent. */
  readonly introduce: (people: readonly { readonly id: string; readonly name: string }[]) => Promise<void>;
  /** `null` when the service was never sent this contact. */
  readonly contact: (contactId: string) => Promise<KnownContact | null>;
  /** Creates or replaces the contact. Idempotent. */
  readonly rememberContact: (contact: KnownContact) => Promise<void>;
  /** Where people manage the service itself. */
  readonly cabinetAddress: string;
};
