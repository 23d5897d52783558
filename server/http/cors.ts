/**
 * Decides which pages may read an answer. Every answer has the CORS headers, refusals too: without them a page learns only
 * "Failed to fetch". Pages of other sites get no headers.
 */
import { refusal } from './refusal.ts';

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': 'X-Auth-Token, Content-Type, If-Match',
  'Access-Control-Max-Age': '600',
};

/** Answers preflights and pages of other sites itself. A caller without an Origin is not a page and needs no permission. */
export async function withCors(
  request: Request,
  origins: readonly string[],
  answer: () => Promise<Response>,
): Promise<Response> {
  const origin = request.headers.get('Origin');
  if (origin === null) return varied(await answer());
  if (!origins.includes(origin)) return varied(refusal('ORIGIN_FOREIGN'));
  const allowed =
    request.method === 'OPTIONS' ? new Response(null, { status: 204, headers: PREFLIGHT }) : await answer();
  allowed.headers.set('Access-Control-Allow-Origin', origin);
  allowed.headers.set('Access-Control-Expose-Headers', 'ETag, Retry-After, Allow, Date, Own-Settings');
  return varied(allowed);
}

/** The answer depends on the page's origin, so caches must keep the origins apart. */
function varied(answer: Response): Response {
  answer.headers.append('Vary', 'Origin');
  return answer;
}
