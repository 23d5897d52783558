/**
 * What our server stores for an account: the settings that its admins made, and the history of changes. Every call
 * throws a `Failure` and nothing else.
 */
import type { Assignment } from '../../domain/assignment.ts';
import type { Failure } from '../http/failure.ts';

export type StoredOwn = {
  /** Identifies this state of the settings. A save based on another state is refused as `stale`. */
  readonly version: string;
  /** `null` until the settings are saved for the first time. */
  readonly settings: object | null;
};

/**
 * How far the chat service agrees with the CRM, according to the server's last comparison with the chat service's own
 * data.
 */
export type Clients = {
  /** The number of clients sent to the chat service; `null` before the first comparison. */
  readonly known: number | null;
  /** How many of them the chat service has exactly as the CRM does. */
  readonly right: number | null;
  /** How many clients are being checked now. */
  readonly waiting: number;
  /** How many clients the chat service did not accept. */
  readonly failed: number;
  /** Some of those clients, with the reasons. */
  readonly notTold: readonly NotTold[];
  /** How many clients differ and wait for an admin's approval. */
  readonly held: number;
  /**
   * How many clients have an owner and a number but were not sent to the chat service; `null` before the first
   * comparison.
   */
  readonly unsent: number | null;
  /** How many cards contain no readable phone number. */
  readonly notNumbers: number | null;
  /** Whether an admin has agreed that all clients are sent to the chat service. */
  readonly sending: boolean | null;
  /** Milliseconds since the epoch; `null` before the first check. */
  readonly checkedAt: number | null;
  /** Distinguishes one check from another. */
  readonly endedAt: string;
  /** How many pipelines the chat service has; `null` if none were sent. */
  readonly pipelines: number | null;
  /** How many employees with a role the chat service knows under their current name. */
  readonly people: number | null;
  /** How many people the chat service knows in total. */
  readonly peopleKnown: number | null;
  /** Why the last check could not finish everything. */
  readonly problem: Failure | null;
};

export type NotTold = {
  readonly kind: 'contact' | 'deal';
  readonly id: string;
  /** `refused`: the chat service does not accept the CRM's data about this client. */
  readonly reason: string;
};

/** For admins only. */
export type ClientsServer = {
  /** `null` if this server does not compare clients. */
  readonly read: (signal: AbortSignal) => Promise<Clients | null>;
  /**
   * Starts a check, retries the clients that were not accepted, and returns when that is done. `onWait` is called while
   * the server is still working.
   */
  readonly check: (signal: AbortSignal, onWait: () => void) => Promise<Clients | null>;
  /** From the next check on, all clients are sent to the chat service, including those that were held back. */
  readonly release: () => Promise<void>;
};

/** Why the server refuses settings that exceed its limits: the `reason` of the failure. */
export const TOO_MUCH = ['too-long', 'too-many-people'] as const;

export type OwnServer = {
  readonly own: () => Promise<StoredOwn>;
  /** Safe to repeat: if the first call succeeded, the second is refused as `stale`. */
  readonly saveOwn: (own: { readonly version: string; readonly settings: object }) => Promise<StoredOwn>;
};

export const WHATS = ['roles', 'own-settings', 'chat-connection', 'crm-grant'] as const;
export const OUTCOMES = ['intended', 'accepted', 'refused', 'unknown'] as const;
export const THINGS = [
  'role',
  'newClients',
  'notify',
  'standIn',
  'fromColleague',
  'supervisorsFreely',
  'deals',
  'note',
  'task',
  'newcomers',
  'defaultChannel',
  'connection',
  'grant',
] as const;

export const VALUES = [
  'none',
  'unset',
  'disconnected',
  'yes',
  'no',
  'seller',
  'supervisor',
  'auditor',
  'never',
  'with-reason',
  'freely',
  'ask',
  'always',
  'partner',
  'v3',
  'sidecar',
] as const;

/** One change and the person it concerns. Both values are words of this product or channel ids. */
export type HistoryLine = {
  readonly thing: (typeof THINGS)[number];
  readonly person?: string | undefined;
  readonly channel?: string | undefined;
  readonly group?: string | undefined;
  readonly before: string;
  readonly after: string;
};

export type HistoryChange = {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly employeeId: string;
  readonly what: (typeof WHATS)[number] | 'other';
  readonly outcome: (typeof OUTCOMES)[number];
  /** False if the change was not made from a page of the CRM. */
  readonly isFromPage: boolean;
  /** The changes that this version can describe. */
  readonly lines: readonly HistoryLine[];
  /** The number of further changes. */
  readonly more: number;
};

export type HistoryPage = {
  readonly changes: readonly HistoryChange[];
  /** The position from which the next page continues; `null` at the end. */
  readonly next: string | null;
};

/** What is stored for an account, or remains of it in the chat service. */
export const LEFT = [
  'chat-key',
  'grants',
  'settings',
  'history',
  'clients-to-look-at',
  'clients-told-of',
  'claims',
  'alarms',
  'employees',
  'roles',
  'clients',
  'deals',
] as const;
export type LeftCount = {
  readonly what: (typeof LEFT)[number];
  /** `null` if the chat service gives no number. */
  readonly count: number | null;
};
export type Leaving = {
  readonly now: readonly LeftCount[];
  readonly later: readonly LeftCount[];
  /** Milliseconds since the epoch. */
  readonly laterAt: number;
  readonly stays: readonly LeftCount[];
};

/** For admins only. */
export type LeavingServer = {
  readonly leaving: (signal: AbortSignal) => Promise<Leaving | null>;
};

/** For admins only. */
export type HistoryServer = {
  /**
   * Newest first. `employeeId` limits the history to changes made by one employee; if empty, it includes everyone's.
   */
  readonly history: (after: string | null, employeeId: string, signal?: AbortSignal) => Promise<HistoryPage>;
  /** All roles as they were before the given change of roles. */
  readonly rolesBefore: (changeId: string) => Promise<readonly Assignment[]>;
};
