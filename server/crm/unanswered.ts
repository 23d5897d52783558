/** What an adapter throws where nobody can tell now. */
import type { CrmAnswer } from './api.ts';

/** The CRM does not answer, is not paid for, or no longer lets us in. */
export class CrmUnavailable extends Error {
  override name = 'CrmUnavailable';
}

/** The account has little left of what it may ask today. It is left to people; work that nobody waits for goes on later. */
export class BudgetKept extends CrmUnavailable {
  override name = 'BudgetKept';
}

/** As `CrmUnavailable`, and whether what was asked for may have been done all the same, or may be yet. */
export class CrmUnanswered extends CrmUnavailable {
  override name = 'CrmUnanswered';
  readonly mayBeDone: boolean;
  constructor(message: string, mayBeDone: boolean) {
    super(message);
    this.mayBeDone = mayBeDone;
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
      )
    : new CrmUnanswered('The CRM answered something else', true);
