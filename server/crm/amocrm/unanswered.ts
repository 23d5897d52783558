import type { CrmAnswer } from '../api.ts';
import { CrmUnanswered } from '../unanswered.ts';

/** Without `answer`: the CRM answered something that nobody can read. */
export const unanswered = (answer?: CrmAnswer): CrmUnanswered =>
  answer
    ? new CrmUnanswered(
        `The CRM cannot be asked: ${answer.kind}`,
        answer.kind === 'later' && answer.mayBeDone === true,
      )
    : new CrmUnanswered('The CRM answered something else', true);
