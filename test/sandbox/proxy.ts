/**
 * What a widget sends through the CRM's own server (`crm_post`), which avoids CORS. The request is forwarded unchanged;
 * whether the target answers is up to the widget's author.
 */
import type { Sessions } from './session.ts';

const PATIENCE_MILLISECONDS = 10_000;
const refused = (status: number, said: string): Response => Response.json({ error: said }, { status });

/** Only for the CRM's own pages: another site cannot send the header without a preflight. */
export async function proxied(request: Request, whoAsks: Sessions['whoAsks']): Promise<Response> {
  if (request.headers.get('x-requested-with') !== 'XMLHttpRequest' || whoAsks(request) === undefined) {
    return refused(403, 'Only pages of the CRM may ask');
  }
  const address = new URL(request.url).searchParams.get('to') ?? '';
  if (!/^https?:/.test(address)) return refused(400, 'No address');
  const headers = { 'content-type': request.headers.get('content-type') ?? 'text/plain' };
  try {
    const body = await request.text();
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const answer = await fetch(address, { method: 'POST', headers, body, signal });
    const type = answer.headers.get('content-type') ?? 'text/plain';
    return new Response(await answer.text(), { status: answer.status, headers: { 'content-type': type } });
  } catch {
    return refused(502, 'Nobody answers there');
  }
}
