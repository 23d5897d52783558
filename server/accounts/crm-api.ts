/**
 * The CRM's API as the account itself: with an administrator's grant, and with another's when one is not taken any more. Where
 * each employee lets us in for themselves, what is asked as one of them is asked with their own grant and nobody else's.
 */
import type { CrmAnswer, CrmApi, Question } from '../crm/api.ts';
import type { CrmKit } from '../crm/kit.ts';
import type { Access, Grants } from './grant.ts';

export const createCrmApi = ({
  grants,
  kit: { ask, personalGrants },
}: {
  readonly grants: Grants;
  readonly kit: Pick<CrmKit, 'ask' | 'personalGrants'>;
}): CrmApi => {
  const personOf = (question: Question | string): string | undefined =>
    personalGrants && typeof question !== 'string' ? question.as : undefined;

  async function asked(
    accountId: string,
    question: Question | string,
    patience: AbortSignal,
    before: (Access & { readonly kind: 'access' }) | null = null,
  ): Promise<CrmAnswer> {
    const person = personOf(question);
    const access = await grants.access(accountId, patience, person);
    if (access.kind === 'needs-reauth' && person !== undefined)
      return { kind: 'refused', status: 403, lacksRights: true };
    if (access.kind !== 'access') return access;
    const answer = await ask(access, question, patience);
    if (answer !== 'unauthorized') return answer;
    // It could not be renewed now: that says nothing of the grant.
    if (access.token === before?.token) return { kind: 'later' };
    // A token that was renewed for this and is not taken either: the grant is over, and another one may not be.
    if (access.grantId === before?.grantId) await grants.end(access.grantId);
    else await grants.refused(access, patience);
    return asked(accountId, question, patience, access);
  }
  return { ask: asked };
};
