/**
 * Asks the CRM as one employee of an account, with their own grant, and returns the answer unchanged. A token that the CRM
 * refuses is renewed once. An employee without a valid grant gets GRANT_MISSING.
 */
import { askWithGrant } from '../accounts/ask-with-grant.ts';
import type { Grants } from '../accounts/grant.ts';
import type { AskedFor, CrmAnswered, FramedKit } from '../crm/framed.ts';
import { Refused, refusal } from '../http/refusal.ts';

export type Whose = { readonly accountId: string; readonly employeeId: string };

/** Throws `Refused` if the CRM gives no answer. */
export type AskAs = (whose: Whose, asked: AskedFor) => Promise<CrmAnswered>;

const PATIENCE_MILLISECONDS = 15_000;

export const askingAs =
  ({
    grants,
    kit,
  }: {
    readonly grants: Pick<Grants, 'access' | 'refused' | 'end'>;
    readonly kit: Pick<FramedKit, 'askPlainly'>;
  }): AskAs =>
  async (whose, what) => {
    const patience = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const answer = await askWithGrant(grants, whose, patience, async access => {
      const plain = await kit.askPlainly(access, what, patience);
      return plain.kind === 'unauthorized' ? plain.kind : plain;
    });
    if (answer === 'needs-reauth') throw new Refused('GRANT_MISSING');
    if (answer === 'later') throw new Refused('CRM_UNREACHABLE');
    switch (answer.kind) {
      case 'answered':
        return answer;
      case 'unreachable':
        throw new Refused('CRM_UNREACHABLE');
      case 'busy':
        throw tooMany('CRM_BUSY', answer.seconds);
      case 'budget-gone':
        throw tooMany('CRM_BUDGET_GONE', answer.seconds);
    }
  };

export function tooMany(code: 'CRM_BUSY' | 'CRM_BUDGET_GONE' | 'TOO_MANY_AT_ONCE', seconds: number): Refused {
  const answer = refusal(code);
  answer.headers.set('Retry-After', String(seconds));
  return new Refused(answer);
}
