/** The CRM's API as the account itself: with an administrator's grant, and with another's when one is not taken any more. */
import type { CrmAnswer, CrmApi, Question } from '../crm/api.ts';
import type { CrmKit } from '../crm/kit.ts';
import type { Grants } from './grant.ts';

export const createCrmApi = ({
  grants,
  ask,
}: {
  readonly grants: Grants;
  readonly ask: CrmKit['ask'];
}): CrmApi => {
  async function asked(
    accountId: string,
    question: Question | string,
    patience: AbortSignal,
    renewedGrant: string | null = null,
  ): Promise<CrmAnswer> {
    const access = await grants.access(accountId, patience);
    if (access.kind !== 'access') return access;
    const answer = await ask(access, question, patience);
    if (answer !== 'unauthorized') return answer;
    // A token that was renewed for this and is not taken either: the grant is over, and another one may not be.
    if (access.grantId === renewedGrant) await grants.end(access.grantId);
    else await grants.refused(access, patience);
    return asked(accountId, question, patience, access.grantId);
  }
  return { ask: asked };
};
