/** How the services fail: the same accident in the format of each service. */
import type { AnswerFault } from '../world/disturbances.ts';
import type { Oddities } from '../world/oddities.ts';
import { noRights, problem, tooMany } from './amocrm/problem.ts';
import { chatError } from './wazzup/error.ts';
import type { Answer } from './answer.ts';
import { isForCrm } from './for-crm.ts';
import { refusedByPipedrive } from './pipedrive/faults.ts';
import { isForPipedrive } from './pipedrive/zone.ts';

type Refusal = Exclude<AnswerFault, 'broken-json' | 'wrong-shape' | 'repeated'>;

const nginx = (status: 403 | 429, title: string): Response =>
  new Response(
    `<html>\r
<head><title>${status} ${title}</title></head>\r
<body>\r
<center><h1>${status} ${title}</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`,
    { status, headers: { 'Content-Type': 'text/html' } },
  );

type Worded = Exclude<Refusal, 'forbidden-html' | 'too-many-html'>;

const CRM: Record<Worded, (oddities: Oddities) => Response> = {
  'too-many': ({ retryAfterSeconds }) => tooMany(retryAfterSeconds),
  unpaid: () => problem(402, 'Payment Required'),
  'address-not-allowed': () => problem(403, 'Access denied', { code: 113 }),
  'no-rights-244': noRights,
  'forbidden-json': () => problem(403, 'Access denied'),
  unauthorized: () => problem(401, 'Invalid user name or password'),
  'server-error': () =>
    problem(500, 'An internal error has occurred', {
      title: 'ErrInternalServer',
      trace_id: '0af7651916cd43dd',
    }),
};

/** Without the refusals that only the CRM has. */
const CHAT: Record<Exclude<Worded, 'unpaid' | 'address-not-allowed'>, () => Response> = {
  'too-many': () => new Response(null, { status: 429 }),
  'no-rights-244': () => chatError(400, 'UNKNOWN_ERROR'),
  'forbidden-json': () => chatError(403, 'FORBIDDEN'),
  unauthorized: () => chatError(401, 'INVALID_APIKEY', 'Invalid authorization header'),
  'server-error': () => new Response(null, { status: 500 }),
};

/** Refused before anything was carried out. */
export function refused(fault: Refusal, request: Request, oddities: Oddities): Response {
  if (isForPipedrive(request)) return refusedByPipedrive(fault);
  if (fault === 'forbidden-html') return nginx(403, 'Forbidden');
  if (fault === 'too-many-html') return nginx(429, 'Too Many Requests');
  if (isForCrm(request)) return CRM[fault](oddities);
  if (fault === 'unpaid' || fault === 'address-not-allowed') {
    throw new Error(`The chat service does not fail so: ${fault}`);
  }
  return CHAT[fault]();
}

/** Carried out, but with an unusable answer. */
export async function garbled(fault: 'broken-json' | 'wrong-shape', answered: Answer): Promise<Answer> {
  if (typeof answered === 'string' || !answered.ok) return answered;
  const body = fault === 'wrong-shape' ? '{"unexpected":["shape"]}' : '{"_embedded":{"';
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
}
