/** A CRM's API, asked one question at a time. Answers are sorted by what the caller has to do. */

/** How much of a day's questions an account may still ask, in whatever the CRM counts them by. */
export type DaysBudget = { readonly whole: number; readonly left: number };

export type CrmAnswer =
  /** `json`: null where the CRM has nothing to tell (204). `budget`: where questions are limited by the day and the CRM says so. */
  | { readonly kind: 'answered'; readonly json: unknown; readonly budget?: DaysBudget }
  /** The CRM refuses this question. `lacksRights`: because the person who asks lacks a right. */
  | { readonly kind: 'refused'; readonly status: number; readonly lacksRights: boolean }
  /** The CRM accepts no grant of the account any more. */
  | { readonly kind: 'needs-reauth' }
  /** The account has not paid the CRM. Everything is kept until it has. */
  | { readonly kind: 'unpaid' }
  /** The account has used up what it may ask of the CRM today. Nothing was done. */
  | { readonly kind: 'budget-gone' }
  /**
   * The CRM cannot be asked now: no answer, too many questions, or a page in place of an answer. `mayBeDone`: the CRM may have
   * done what was asked, or may still do it.
   */
  | { readonly kind: 'later'; readonly mayBeDone?: boolean };

export type Question = {
  /** Below the address of the API, which the adapter knows. */
  readonly path: string;
  /**
   * The employee as whom it is asked, so that the answer holds only what they may see. Where each employee gives a grant of
   * their own, that grant is used; an employee without one is refused for lack of rights.
   */
  readonly as?: string | undefined;
  /** GET by default. A caller that may repeat a write makes sure that repeating it is safe. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | undefined;
  readonly body?: unknown;
};

/** Asks as the account itself, unless the question names an employee. */
export type CrmApi = {
  /** Tries another administrator's grant when the CRM no longer accepts one. */
  readonly ask: (accountId: string, question: Question | string, patience: AbortSignal) => Promise<CrmAnswer>;
};
