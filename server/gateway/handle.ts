/**
 * The gateway: one function in front of the chat service, whose key opens the whole account and therefore
 * never reaches a browser. A page of the CRM sends the CRM's one-time token; the gateway checks it, lets
 * through the routes of `routes.ts` and swaps the token for the key. It needs nothing but web-standard APIs.
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

/** Answers every request; throws only when the configuration itself is broken. */
export const handle = (request: Request, config: GatewayConfig): Promise<Response> =>
  proven(request, config, caller => answerCall(request, config, caller));

/** What an account's routes answer to whoever has proven who they are. */
export type AnswerAs = (
  request: Request,
  account: Account,
  proof: Proof,
  caller: Caller,
) => Promise<Response>;

/** Of whoever has proven who they are. */
export const answerCall = (request: Request, config: GatewayConfig, caller: Caller): Promise<Response> =>
  answerInTime(config, async within => gatewayRoutes.fetch(request, { caller, config: within }));

/** The answer for whoever the token proves to call, or why it proves nobody; with what a page needs to read either. */
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
