/** The CRM's own log of who became responsible for what. Hooks are lost in real life, and some accounts have none. */
export type CrmChanges = {
  /** How often it is asked: where an account pays for each question, seldom. */
  readonly everySeconds: number;
  /** Names of what changed hands since then, some at a time: "contact 501", "deal 9001". Throws `CrmUnavailable`. */
  readonly since: (
    accountId: string,
    sinceSeconds: number,
    leaving: AbortSignal,
  ) => AsyncIterable<readonly string[]>;
};
