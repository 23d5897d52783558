/** The roles of an account, for whoever needs them while no page asks. */

export type AccountRoles = {
  /**
   * As the service keeps them. Null where the account is not connected, or nothing that it has given us opens them. Throws
   * `ChatUnavailable`.
   */
  readonly of: (accountId: string, patience: AbortSignal) => Promise<unknown>;
  readonly mayAnswer: (accountId: string, employeeId: string, patience: AbortSignal) => Promise<boolean>;
};
