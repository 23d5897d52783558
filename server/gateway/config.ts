/** What the gateway has to be told before it can answer for an account. */
import * as v from 'valibot';
import type { CrmRecords } from '../crm/amocrm/records.ts';
import type { Proof } from '../caller.ts';
import type { Fetch } from '../http/fetch.ts';
import type { FollowNow } from './clients.ts';
import type { History } from '../history/change.ts';
import type { OwnSettings } from '../own-settings/own-settings.ts';
import type { RolesThrough } from '../chat/wazzup/partner/roles.ts';
import type { Turns } from '../store/turns.ts';

/** `partner` may write roles; `v3` may do all else; `sidecar` knows channels and messages only. */
export const keyKinds = v.picklist(['partner', 'v3', 'sidecar']);
export type KeyKind = v.InferOutput<typeof keyKinds>;
/**
 * What a key is good for, in the widget's words. `roles`: everything; `reading`: everything but changing roles; `channels`:
 * channels and messages only.
 */
export const MODE_OF = { partner: 'roles', v3: 'reading', sidecar: 'channels' } as const;

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
  readonly turns: Turns;
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
