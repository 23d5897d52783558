/**
 * Answers pages of a CRM in which our program is a guest. The page's origin says which account a request is about, and its
 * token proves it.
 */
import { accountsAtHosts } from '../accounts/at-host.ts';
import type { RequestContext } from '../call.ts';
import type { GuestKit } from '../crm/kit.ts';
import { withCors } from '../http/cors.ts';
import { refusal } from '../http/refusal.ts';
import type { Database } from '../store/database.ts';
import { proven, type AnswerAs } from './handle.ts';

export function guestPages(given: {
  readonly kit: GuestKit;
  readonly database: Database;
  readonly answerAs: AnswerAs;
  readonly now: () => Date;
}): (request: Request, context: RequestContext) => Promise<Response> {
  const { kit, now } = given;
  const accountAt = accountsAtHosts(given.database, (request, host) => kit.proofAt(host).callerOf(request));

  return async (request, context) => {
    const page = request.headers.get('Origin') ?? '';
    const host = kit.hostOf(page);
    if (host === null) return withCors(request, [], async () => refusal('ACCOUNT_UNKNOWN'));
    // Refusals get CORS headers too, so that the page can read them.
    const refuse = (code: 'ACCOUNT_UNKNOWN' | 'DATABASE_DOWN'): Promise<Response> =>
      withCors(request, [page], async () => refusal(code));
    const account = await accountAt(request, host).catch((error: unknown) => {
      context.onDefect?.(error);
      return null;
    });
    if (!account) return refuse(account === null ? 'DATABASE_DOWN' : 'ACCOUNT_UNKNOWN');
    context.onAccount?.(account.id);
    const proof = { ...kit.proofAt(host, account.crmAccountId), ...context, now };
    return proven(request, proof, caller => given.answerAs(request, account, proof, caller));
  };
}
