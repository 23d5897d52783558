/** The roles of an account, for code that needs them while no page asks. */

export type AccountRoles = {
  /**
   * As the service stores them. Null when the account is not connected, or when nothing that it has given us allows reading
   * them. Throws `ChatUnavailable`.
   */
  readonly of: (accountId: string, patience: AbortSignal) => Promise<unknown>;
  readonly mayAnswer: (accountId: string, employeeId: string, patience: AbortSignal) => Promise<boolean>;
};
