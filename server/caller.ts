/**
 * The caller, and the proof of who they are. Each CRM's adapter reads its own token (crm/); everything else uses these types.
 */

export const CRM_NAMES = ['amocrm', 'kommo', 'pipedrive'] as const;
export type CrmName = (typeof CRM_NAMES)[number];

export type Account = { readonly crm: CrmName; readonly id: string };

export type Caller = {
  readonly account: Account;
  readonly employeeId: string;
  /** Absent when the token does not say. */
  readonly isAdmin?: boolean | undefined;
};

export type Proof = {
  /** Origins of the pages that may call: scheme, host and port. */
  readonly origins: readonly string[];
  /**
   * Returns the caller that the request's token proves. Throws `Refused` with TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED.
   */
  readonly callerOf: (request: Request) => Promise<Caller>;
  /** Receives the employee whose token was accepted, so that the log can name who did what. */
  readonly onCaller?: (employeeId: string) => void;
  /** Receives an unexpected error; the page gets only DEFECT. Without it, the error is thrown. */
  readonly onDefect?: (error: unknown) => void;
  /** The clock, which tests and emulated accounts replace. */
  readonly now?: () => Date;
};
