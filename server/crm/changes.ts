/** The CRM's own list of what has changed. It is read because hooks get lost, and some accounts have none. */
export type Changed = {
  /** "contact 501", "deal 9001" */
  readonly name: string;
  /** The contact's owner, if the CRM includes it. `at`: when the owner last changed, in unix seconds. */
  readonly owner: { readonly id: string; readonly at: number | null } | null;
};

export type CrmChanges = {
  /** How often it is read. Less often if requests use up a daily budget. */
  readonly everySeconds: number;
  /** What has changed since then, page by page. Throws `CrmUnavailable`. */
  readonly since: (
    accountId: string,
    sinceSeconds: number,
    leaving: AbortSignal,
  ) => AsyncIterable<readonly Changed[]>;
};
