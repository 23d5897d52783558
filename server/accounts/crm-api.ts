/**
 * The CRM's API, asked as the account: with an administrator's grant, or with another administrator's when the CRM no
 * longer accepts the first. Where each employee gives a grant of their own, a question as an employee uses that grant
 * and no other.
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
    // Without their own grant, nothing is done as this employee.
    return employeeId === undefined ? { kind: answer } : { kind: 'refused', status: 403, lacksRights: true };
  },
});
