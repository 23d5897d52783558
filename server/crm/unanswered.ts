/** What an adapter throws where nobody can tell now. */
import type { CrmAnswer } from './api.ts';

/** The CRM does not answer, is not paid for, or no longer lets us in. */
export class CrmUnavailable extends Error {
  override name = 'CrmUnavailable';
}

/**
 * As `CrmUnavailable`. `mayBeDone`: what was asked for may have been done all the same, or may be yet. `isBudgetGone`: the account
 * has used up what it may ask today, so the CRM can be asked again tomorrow and not sooner.
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

/** For `catch`: what is taken instead of an answer. Any other error goes on. */
export const whenUnanswered =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof CrmUnanswered) return instead;
    throw error;
  };

/** Without `answer`: the CRM answered something that nobody can read. */
export const unanswered = (answer?: CrmAnswer): CrmUnanswered =>
  answer
    ? new CrmUnanswered(
        `The CRM cannot be asked: ${answer.kind}`,
        answer.kind === 'later' && answer.mayBeDone === true,
        answer.kind === 'budget-gone',
      )
    : new CrmUnanswered('The CRM answered something else', true);
