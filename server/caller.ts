/** Who calls, and what proves it: a CRM's adapter reads its token (crm/), and everything else goes by these types. */

export const CRM_NAMES = ['amocrm', 'kommo', 'pipedrive'] as const;
export type CrmName = (typeof CRM_NAMES)[number];

export type Account = { readonly crm: CrmName; readonly id: string };

export type Caller = {
  readonly account: Account;
  readonly employeeId: string;
  /** Absent: the token does not say. */
  readonly isAdmin?: boolean | undefined;
};

export type Proof = {
  /** Pages that may call: scheme, host and port each. */
  readonly origins: readonly string[];
  /** Whom the request's token proves to call, or a `Refused` with TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED. */
  readonly callerOf: (request: Request) => Promise<Caller>;
  /** Told whose token was accepted: a log then names who did what. */
  readonly onCaller?: (employeeId: string) => void;
  /** Told what went wrong inside: the page is told DEFECT and no more. Without it the error is thrown. */
  readonly onDefect?: (error: unknown) => void;
  /** For tests and emulated accounts, whose time is their own. */
  readonly now?: () => Date;
};
