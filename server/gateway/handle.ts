/**
 * The gateway: one function in front of the chat service. The service's key opens the whole account, so it never reaches a
 * browser. A page of the CRM sends the CRM's one-time token instead. The gateway checks the token, allows only the routes of
 * `routes.ts` and replaces the token with the key. It uses only web-standard APIs.
 *
 * Paths and bodies are the service's own. A refusal of the gateway is `{"error", "description"}`.
 */
import type { GatewayConfig } from './config.ts';
import type { Account } from '../call.ts';
import type { Caller, Proof } from '../caller.ts';
import { withCors } from '../http/cors.ts';
import { refusal, Refused } from '../http/refusal.ts';
import { gatewayRoutes } from './routes.ts';
import { answerInTime } from './service.ts';

/** Answers every request. Throws only when the configuration itself is broken. */
export const handle = (request: Request, config: GatewayConfig): Promise<Response> =>
  proven(request, config, caller => answerCall(request, config, caller));

/** Answers a proven caller with the account's routes. */
export type AnswerAs = (
  request: Request,
  account: Account,
  proof: Proof,
  caller: Caller,
) => Promise<Response>;

/** Answers a proven caller. */
export const answerCall = (request: Request, config: GatewayConfig, caller: Caller): Promise<Response> =>
  answerInTime(config, async within => gatewayRoutes.fetch(request, { caller, config: within }));

/**
 * Calls `answered` with the caller that the token proves, or refuses. Adds the headers that a page needs to read the answer.
 */
export async function proven(
  request: Request,
  proof: Proof,
  answered: (caller: Caller) => Promise<Response>,
): Promise<Response> {
  const answer = await withCors(request, proof.origins, async () => {
    try {
      const caller = await proof.callerOf(request);
      proof.onCaller?.(caller.employeeId);
      return await answered(caller);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      if (!proof.onDefect) throw error;
      proof.onDefect(error);
      return refusal('DEFECT');
    }
  });
  answer.headers.set('Date', (proof.now?.() ?? new Date()).toUTCString());
  answer.headers.set('Cache-Control', 'no-store');
  return answer;
}
