/** A CRM's API, asked one question at a time. Answers are sorted by what the caller has to do. */

/** How much an account may still ask today, in the CRM's own units. */
export type DaysBudget = { readonly whole: number; readonly left: number };

export type CrmAnswer =
  /**
   * `json`: null if the answer has no body (204). `budget`: present if the CRM has a daily limit and the answer
   * contains it.
   */
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
   * The CRM cannot be asked now: no answer, too many questions, or a page in place of an answer. `mayBeDone`: the CRM
   * may have done what was asked, or may still do it.
   */
  | { readonly kind: 'later'; readonly mayBeDone?: boolean };

export type Question = {
  /** Below the address of the API, which the adapter knows. */
  readonly path: string;
  /**
   * The employee in whose name it is asked, so that the answer has only what they may see. If each employee gives a
   * grant of their own, that grant is used; an employee without one is refused for lack of rights.
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
