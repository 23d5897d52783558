/** What the gateway needs to answer for an account. */
import type { CrmRecords } from '../crm/records.ts';
import type { Caller, Proof } from '../caller.ts';
import type { KeyKind } from '../chat/wazzup/key-kind.ts';
import type { Fetch } from '../http/fetch.ts';
import type { FollowNow } from '../follow/following.ts';
import type { History } from '../history/change.ts';
import type { OwnSettings } from '../own-settings/own-settings.ts';
import type { RolesThrough } from '../connections/partner-roles.ts';
import type { WithLease } from '../store/lease.ts';

export type GatewayConfig = Proof & {
  readonly wazzup: {
    /** Opens the whole chat account. It leaves the server only in requests to the chat service. */
    readonly key: string;
    readonly keyKind: KeyKind;
    /** Present when roles are read and written by another way than the key. */
    readonly roles?: RolesThrough;
    /** Serves /v3. */
    readonly api: string;
    /** Serves /settings, which is on a separate host. */
    readonly settings: string;
  };
  /** Ids of employees who count as admins when the token does not say who is one. */
  readonly admins: readonly string[];
  /** Absent when the server has no access to the CRM. Roles alone decide then. */
  readonly records?: CrmRecords;
  /** Absent when the server has no access to the CRM. */
  readonly follow?: FollowNow;
  /** Sends requests to the chat service; the global `fetch` by default. */
  readonly fetch?: Fetch;
  readonly withLease: WithLease;
  readonly history: History;
  readonly ownSettings: OwnSettings;
};

/** What is needed for a request to the chat service. */
export type Asking = Pick<Within, 'wazzup' | 'fetch' | 'patience'>;

/** The configuration for one request of a page. */
export type Within = GatewayConfig & {
  /** Aborts when the request's time is over; nothing more is asked for it then. */
  readonly patience: AbortSignal;
};

/** What a route of the gateway receives besides the request. */
export type CallEnv = { Bindings: { readonly caller: Caller; readonly config: Within } };
