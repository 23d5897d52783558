/** The CRM's own log of who became responsible for what. Hooks are lost in real life, and some accounts have none. */
export type Changed = {
  /** "contact 501", "deal 9001" */
  readonly name: string;
  /** Of a contact: who is responsible, where the CRM tells that along with it. `at`: when it last changed, in unix seconds. */
  readonly owner: { readonly id: string; readonly at: number | null } | null;
};

export type CrmChanges = {
  /** How often it is asked: where an account pays for each question, seldom. */
  readonly everySeconds: number;
  /** What changed hands since then, some at a time. Throws `CrmUnavailable`. */
  readonly since: (
    accountId: string,
    sinceSeconds: number,
    leaving: AbortSignal,
  ) => AsyncIterable<readonly Changed[]>;
};
