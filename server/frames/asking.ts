/**
 * Asks the CRM as one of an account's people, with their own grant, and gives its answer as it is. A token that is not taken is
 * renewed once; a person without a living grant is told so.
 */
import type { Access, Grants } from '../accounts/grant.ts';
import type { AskedFor, CrmAnswered, FramedKit } from '../crm/framed.ts';
import { Refused, refusal } from '../http/refusal.ts';

export type Whose = { readonly accountId: string; readonly employeeId: string };

/** Throws `Refused` where the CRM does not answer for itself. */
export type AskAs = (whose: Whose, asked: AskedFor) => Promise<CrmAnswered>;

const PATIENCE_MILLISECONDS = 15_000;

export function askingAs({
  grants,
  kit,
}: {
  readonly grants: Pick<Grants, 'access' | 'refused' | 'end'>;
  readonly kit: Pick<FramedKit, 'askPlainly'>;
}): AskAs {
  async function asked(
    whose: Whose,
    what: AskedFor,
    before: (Access & { readonly kind: 'access' }) | null,
  ): Promise<CrmAnswered> {
    const patience = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const access = await grants.access(whose.accountId, patience, whose.employeeId);
    if (access.kind === 'needs-reauth') throw new Refused('GRANT_MISSING');
    if (access.kind === 'later') throw new Refused('CRM_UNREACHABLE');
    const answer = await kit.askPlainly(access, what, patience);
    switch (answer.kind) {
      case 'answered':
        return answer;
      case 'unreachable':
        throw new Refused('CRM_UNREACHABLE');
      case 'busy':
        throw tooMany('CRM_BUSY', answer.seconds);
      case 'budget-gone':
        throw tooMany('CRM_BUDGET_GONE', answer.seconds);
      case 'unauthorized':
        // It could not be renewed now: that says nothing of the grant.
        if (access.token === before?.token) throw new Refused('CRM_UNREACHABLE');
        // A token that was renewed for this and is not taken either: the grant is over.
        if (access.grantId === before?.grantId) await grants.end(access.grantId);
        else await grants.refused(access, patience);
        return asked(whose, what, access);
    }
  }
  return (whose, what) => asked(whose, what, null);
}

export function tooMany(code: 'CRM_BUSY' | 'CRM_BUDGET_GONE' | 'TOO_MANY_AT_ONCE', seconds: number): Refused {
  const answer = refusal(code);
  answer.headers.set('Retry-After', String(seconds));
  return new Refused(answer);
}
