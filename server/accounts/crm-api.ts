/**
 * The CRM's API as the account itself: with an administrator's grant, and with another's when one is not taken any more. Where
 * each employee lets us in for themselves, what is asked as one of them is asked with their own grant and nobody else's.
 */
import type { CrmApi } from '../crm/api.ts';
import type { CrmKit } from '../crm/kit.ts';
import { askWithGrant } from './ask-with-grant.ts';
import type { Grants } from './grant.ts';

export const createCrmApi = ({
  grants,
  kit: { ask, personalGrants },
}: {
  readonly grants: Grants;
  readonly kit: Pick<CrmKit, 'ask' | 'personalGrants'>;
}): CrmApi => ({
  async ask(accountId, question, patience) {
    const employeeId = personalGrants && typeof question !== 'string' ? question.as : undefined;
    const answer = await askWithGrant(grants, { accountId, employeeId }, patience, access =>
      ask(access, question, patience),
    );
    if (answer === 'later') return { kind: answer };
    if (answer !== 'needs-reauth') return answer;
    // Without a grant of their own nothing is done as somebody, and never with another's.
    return employeeId === undefined ? { kind: answer } : { kind: 'refused', status: 403, lacksRights: true };
  },
});
