/** Who calls, and what proves it: a CRM's adapter reads its token (crm/), and everything else goes by these types. */

export type Caller = {
  readonly account: { readonly crm: 'amocrm' | 'kommo'; readonly id: string };
  readonly employeeId: string;
  /** Absent: the token does not say. */
  readonly isAdmin?: boolean | undefined;
};

/** What a token is held against. */
export type Proof = {
  readonly crm: {
    /** Pages that may call: scheme, host and port each. */
    readonly origins: readonly string[];
    /** The account's own address, which its tokens carry as `iss`. */
    readonly issuer: string;
    /** The account's id there, where it is known: an address may pass to another account. */
    readonly accountId?: string;
    /** Public id of the integration: the tokens' `client_uuid`. */
    readonly integrationId: string;
    /** Signs the tokens; known to the CRM and to the server only. */
    readonly secret: string;
  };
  /** The server's own origin: the tokens' `aud`. */
  readonly audience: string;
  /** Told whose token was accepted: a log then names who did what. */
  readonly onCaller?: (employeeId: string) => void;
  /** Told what went wrong inside: the page is told DEFECT and no more. Without it the error is thrown. */
  readonly onDefect?: (error: unknown) => void;
  /** For tests and emulated accounts, whose time is their own. */
  readonly now?: () => Date;
};
