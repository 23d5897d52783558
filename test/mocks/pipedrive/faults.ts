/** How Pipedrive fails: the accidents that it shares with the other CRM, in its own format. */
import type { AnswerFault } from '../../world/disturbances.ts';
import { cloudflare, closed, forbidden, invalidToken, overLimit, ownerForbidden } from './problem.ts';

type Refusal = Exclude<AnswerFault, 'broken-json' | 'wrong-shape' | 'repeated'>;

/** Refused before anything was carried out. */
export function refusedByPipedrive(fault: Refusal): Response {
  switch (fault) {
    case 'too-many':
      return overLimit({
        'x-ratelimit-limit': '160',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '2',
      });
    case 'unpaid':
      return closed();
    case 'no-rights-244':
      return ownerForbidden();
    case 'forbidden-json':
      return forbidden();
    case 'forbidden-html':
      return cloudflare();
    case 'unauthorized':
      return invalidToken();
    case 'server-error':
      return Response.json({ success: false, error: 'Internal server error' }, { status: 500 });
    case 'too-many-html':
    case 'address-not-allowed':
      throw new Error(`Pipedrive does not fail so: ${fault}`);
  }
}
