/**
 * What our own server keeps for an account: what its admins have set for everybody, and who changed what. Every call throws
 * a `Failure` and nothing else.
 */
import type { Assignment } from '../../domain/assignment.ts';
import type { Failure } from '../http/failure.ts';

export type StoredOwn = {
  /** Names this state of the settings; a save against another one is refused as `stale`. */
  readonly version: string;
  /** `null` until anybody has saved any. */
  readonly settings: object | null;
};

/** How far the chat service agrees with the CRM, by the server's last comparison with the chat service's own answer. */
export type Clients = {
  /** Of how many the chat service was told; `null` before the first comparison. */
  readonly known: number | null;
  /** How many of them it has as the CRM has them. */
  readonly right: number | null;
  /** How many are being looked at now. */
  readonly waiting: number;
  /** How many the chat service did not take. */
  readonly failed: number;
  /** Some of those, and why. */
  readonly notTold: readonly NotTold[];
  /** How many differ and wait for an admin's word. */
  readonly held: number;
  /** How many have a responsible and a number, and the chat service was not told; `null` before the first comparison. */
  readonly unsent: number | null;
  /** In how many cards no phone could be read. */
  readonly notNumbers: number | null;
  /** An admin has agreed that the chat service is told of all clients. */
  readonly sending: boolean | null;
  /** Milliseconds since the epoch; `null` before the first check. */
  readonly checkedAt: number | null;
  /** Tells one check from another. */
  readonly endedAt: string;
  /** How many pipelines the chat service has; `null` when it was not told. */
  readonly pipelines: number | null;
  /** How many employees with a role it knows by their name of now. */
  readonly people: number | null;
  /** How many people it knows altogether. */
  readonly peopleKnown: number | null;
  /** Why the last check has not done everything. */
  readonly problem: Failure | null;
};

export type NotTold = {
  readonly kind: 'contact' | 'deal';
  readonly id: string;
  /** `refused`: the chat service does not take what the CRM says of them. */
  readonly reason: string;
};

/** For admins only. */
export type ClientsServer = {
  /** `null` where this server does not compare. */
  readonly read: (signal: AbortSignal) => Promise<Clients | null>;
  /**
   * Checks now, tries again what was not taken, and answers once that is done. `onWait` is called while it is still at work.
   */
  readonly check: (signal: AbortSignal, onWait: () => void) => Promise<Clients | null>;
  /** From the next check on the chat service is told of all clients, and what was held is done. */
  readonly release: () => Promise<void>;
};

/** Why settings are refused that would be more than the server keeps: the `reason` of the failure. */
export const TOO_MUCH = ['too-long', 'too-many-people'] as const;

export type OwnServer = {
  readonly own: () => Promise<StoredOwn>;
  /** The same call again is safe: it is refused as `stale` if the first has worked. */
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

/** One thing that was changed, and about whom. Both values are words of ours or ids of channels. */
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
  /** False when no page of the CRM had asked for it. */
  readonly isFromPage: boolean;
  /** Those that this version has words for. */
  readonly lines: readonly HistoryLine[];
  /** How many more there are. */
  readonly more: number;
};

export type HistoryPage = {
  readonly changes: readonly HistoryChange[];
  /** Goes on after these; `null` at the end. */
  readonly next: string | null;
};

/** What is kept for an account, or stays of it in the chat service. */
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
  /** `null` where the chat service does not tell. */
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
  /** Newest first. `employeeId`: whose changes; everybody's if it is empty. */
  readonly history: (after: string | null, employeeId: string, signal?: AbortSignal) => Promise<HistoryPage>;
  /** All roles as they were before that change of roles. */
  readonly rolesBefore: (changeId: string) => Promise<readonly Assignment[]>;
};
