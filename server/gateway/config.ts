/** What the gateway has to be told before it can answer for an account. */
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
    /** Opens the whole chat account: it leaves the server in the upstream header and nowhere else. */
    readonly key: string;
    readonly keyKind: KeyKind;
    /** Where roles go by another way than the key. */
    readonly roles?: RolesThrough;
    /** Serves /v3. */
    readonly api: string;
    /** Serves /settings, which lives on a host of its own. */
    readonly settings: string;
  };
  /** Ids of employees who count as admins when a token does not say who is one. */
  readonly admins: readonly string[];
  /** Absent where the server has no access to the CRM: then roles alone decide. */
  readonly records?: CrmRecords;
  /** Absent where the server has no access to the CRM. */
  readonly follow?: FollowNow;
  /** Into the chat service; the global one without. */
  readonly fetch?: Fetch;
  readonly withLease: WithLease;
  readonly history: History;
  readonly ownSettings: OwnSettings;
};

/** What it takes to ask the chat service. */
export type Asking = Pick<Within, 'wazzup' | 'fetch' | 'patience'>;

/** For one request of a page. */
export type Within = GatewayConfig & {
  /** Aborted when its time is over: nothing more is asked for it. */
  readonly patience: AbortSignal;
};

/** What a route of the gateway is given besides the request. */
export type CallEnv = { Bindings: { readonly caller: Caller; readonly config: Within } };
