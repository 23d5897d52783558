/**
 * The gateway: one function in front of the chat service, whose key opens the whole account and therefore
 * never reaches a browser. A page of the CRM sends the CRM's one-time token; the gateway checks it, lets
 * through the routes of `routes.ts` and swaps the token for the key. It needs nothing but web-standard
 * APIs: `listen.ts` serves it from Node, a worker platform can call `handle` as it is.
 *
 * Paths and bodies are the service's own. A refusal of the gateway is `{"error", "description"}`.
 */
import type { GatewayConfig } from './config.ts';
import { withCors } from './cors.ts';
import { Refused } from './refusal.ts';
import { answerRoute } from './routes.ts';
import { callerOf } from './token.ts';

export type { GatewayConfig } from './config.ts';

/** Answers every request; throws only when the configuration itself is broken. */
export async function handle(request: Request, config: GatewayConfig): Promise<Response> {
  const answer = await withCors(request, config.crm.origins, () => answered(request, config));
  answer.headers.set('Date', (config.now?.() ?? new Date()).toUTCString());
  answer.headers.set('Cache-Control', 'no-store');
  return answer;
}

async function answered(request: Request, config: GatewayConfig): Promise<Response> {
  try {
    const caller = await callerOf(request, config);
    config.onCaller?.(caller.employeeId);
    return await answerRoute(request, config, caller);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}
