/** What a gateway has to be told before it can answer. One gateway serves one account. */

/** `partner` may write roles; `v3` may do all else; `sidecar` knows channels and messages only. */
export type KeyKind = 'partner' | 'v3' | 'sidecar';

export type GatewayConfig = {
  readonly crm: {
    /** Pages that may call the gateway: scheme, host and port each. */
    readonly origins: readonly string[];
    /** The account's own address, which its tokens carry as `iss`. */
    readonly issuer: string;
    /** Public id of the integration: the tokens' `client_uuid`. */
    readonly integrationId: string;
    /** Signs the tokens; known to the CRM and to the gateway only. */
    readonly secret: string;
  };
  /** The gateway's own origin: the tokens' `aud`. */
  readonly audience: string;
  readonly wazzup: {
    /** Opens the whole chat account: it leaves the gateway in the upstream header and nowhere else. */
    readonly key: string;
    readonly keyKind: KeyKind;
    /** Serves /v3. */
    readonly api: string;
    /** Serves /settings, which lives on a host of its own. */
    readonly settings: string;
  };
  /** Ids of employees who count as admins when a token does not say who is one. */
  readonly admins: readonly string[];
  /** Runs one piece of work at a time: see `createMutex`. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /** Told whose token was accepted: a log then names who did what. */
  readonly onCaller?: (employeeId: string) => void;
  /** For tests and emulated accounts, whose time is their own. */
  readonly now?: () => Date;
};
