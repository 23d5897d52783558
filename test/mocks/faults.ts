/** How the two services fail: the same accident, in each one's own words. */
import type { AnswerFault } from '../world/disturbances.ts';
import type { Oddities } from '../world/oddities.ts';
import { noRights, problem, tooMany } from './amocrm/problem.ts';
import { chatError } from './wazzup/error.ts';
import type { Answer } from './answer.ts';
import { isForCrm } from './for-crm.ts';

type Refusal = Exclude<AnswerFault, 'broken-json' | 'wrong-shape'>;

const NGINX_403 = `<html>\r
<head><title>403 Forbidden</title></head>\r
<body>\r
<center><h1>403 Forbidden</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`;

type Worded = Exclude<Refusal, 'forbidden-html'>;

const CRM: Record<Worded, (oddities: Oddities) => Response> = {
  'too-many': ({ retryAfterSeconds }) => tooMany(retryAfterSeconds),
  'no-rights-244': noRights,
  'forbidden-json': () => problem(403, 'Access denied'),
  unauthorized: () => problem(401, 'Invalid user name or password'),
  'server-error': () =>
    problem(500, 'An internal error has occurred', {
      title: 'ErrInternalServer',
      trace_id: '0af7651916cd43dd',
    }),
};

const CHAT: Record<Worded, () => Response> = {
  'too-many': () => new Response(null, { status: 429 }),
  'no-rights-244': () => chatError(400, 'UNKNOWN_ERROR'),
  'forbidden-json': () => chatError(403, 'FORBIDDEN'),
  unauthorized: () => chatError(401, 'INVALID_APIKEY', 'Invalid authorization header'),
  'server-error': () => new Response(null, { status: 500 }),
};

/** Refused before anything happened. */
export function refused(fault: Refusal, request: Request, oddities: Oddities): Response {
  if (fault === 'forbidden-html') {
    return new Response(NGINX_403, { status: 403, headers: { 'Content-Type': 'text/html' } });
  }
  return isForCrm(request) ? CRM[fault](oddities) : CHAT[fault]();
}

/** It happened, but the answer that says so cannot be used. */
export async function garbled(fault: 'broken-json' | 'wrong-shape', answered: Answer): Promise<Answer> {
  if (typeof answered === 'string' || !answered.ok) return answered;
  const body = fault === 'wrong-shape' ? '{"unexpected":["shape"]}' : '{"_embedded":{"';
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
}
