/** The CRM's own list of what has changed. It is read because hooks get lost, and some accounts have none. */
export type CrmChanges = {
  /** How often it is read: seldom where an account pays for each question. */
  readonly everySeconds: number;
  /** Names of what has changed since then, page by page: "contact 501", "deal 9001". Throws `CrmUnavailable`. */
  readonly since: (
    accountId: string,
    sinceSeconds: number,
    leaving: AbortSignal,
  ) => AsyncIterable<readonly string[]>;
};
