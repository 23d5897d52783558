/** A CRM's API, asked one question at a time. What the CRM answers is told by what follows from it. */

export type CrmAnswer =
  /** Null where the CRM has nothing to tell (204). */
  | { readonly kind: 'answered'; readonly json: unknown }
  /** The CRM's own no, about this question alone; `lacksRights`: because whoever asks may not. */
  | { readonly kind: 'refused'; readonly status: number; readonly lacksRights: boolean }
  /** No grant of the account is taken any more. */
  | { readonly kind: 'needs-reauth' }
  /** The account has not paid the CRM: all is kept until it has. */
  | { readonly kind: 'unpaid' }
  /** The account has used up what it may ask of the CRM today. Nothing was done. */
  | { readonly kind: 'budget-gone' }
  /**
   * It cannot be asked now: no answer, too many questions, or a page in place of an answer. `mayBeDone`: what was asked for may
   * have been done all the same, or may be yet.
   */
  | { readonly kind: 'later'; readonly mayBeDone?: boolean };

export type Question = {
  /** Below the address of the API, which the adapter knows. */
  readonly path: string;
  /**
   * The employee whose sight the answer keeps to. Where each employee lets us in for themselves, it is asked with what this one
   * gave us; one who gave nothing is refused, for lack of rights.
   */
  readonly as?: string | undefined;
  /** GET by default. Whoever sends anything twice makes sure that it does the same as once. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | undefined;
  readonly body?: unknown;
};

/** Asked as the account itself. */
export type CrmApi = {
  /** Another administrator's grant is tried when one is not taken any more. */
  readonly ask: (accountId: string, question: Question | string, patience: AbortSignal) => Promise<CrmAnswer>;
};
