import type { CrmAnswer } from './api.ts';
import { CrmUnavailable } from './clients.ts';

/** As `CrmUnavailable`, and whether what was asked for may have been done all the same, or may be yet. */
export class CrmUnanswered extends CrmUnavailable {
  override name = 'CrmUnanswered';
  readonly mayBeDone: boolean;
  /** Without `answer`: the CRM answered something that nobody can read. */
  constructor(answer?: CrmAnswer) {
    super(answer ? `The CRM cannot be asked: ${answer.kind}` : 'The CRM answered something else');
    this.mayBeDone = answer ? answer.kind === 'later' && answer.mayBeDone === true : true;
  }
}

/** For `catch`: what is taken instead of an answer. Any other error goes on. */
export const whenUnanswered =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof CrmUnanswered) return instead;
    throw error;
  };
