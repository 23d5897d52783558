/** Errors of an adapter when the CRM does not answer. */
import type { CrmAnswer } from './api.ts';

/** The CRM does not answer, is not paid for, or no longer accepts a grant. */
export class CrmUnavailable extends Error {
  override name = 'CrmUnavailable';
}

/** Little of the account's daily budget is left. It is kept for people, and background work continues later. */
export class BudgetKept extends CrmUnavailable {
  override name = 'BudgetKept';
}

/**
 * Like `CrmUnavailable`. `mayBeDone`: the CRM may have done what was asked, or may still do it. `isBudgetGone`: the
 * account has used up today's budget, so the CRM cannot be asked before tomorrow.
 */
export class CrmUnanswered extends CrmUnavailable {
  override name = 'CrmUnanswered';
  readonly mayBeDone: boolean;
  readonly isBudgetGone: boolean;
  constructor(message: string, mayBeDone: boolean, isBudgetGone = false) {
    super(message);
    this.mayBeDone = mayBeDone;
    this.isBudgetGone = isBudgetGone;
  }
}

/** For `catch`: this value in place of the missing answer. Any other error is thrown on. */
export const whenUnanswered =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof CrmUnanswered) return instead;
    throw error;
  };

/** Without `answer`: the CRM's answer could not be read. */
export const unanswered = (answer?: CrmAnswer): CrmUnanswered =>
  answer
    ? new CrmUnanswered(
        `The CRM cannot be asked: ${answer.kind}`,
        answer.kind === 'later' && answer.mayBeDone === true,
        answer.kind === 'budget-gone',
      )
    : new CrmUnanswered('The CRM answered something else', true);
