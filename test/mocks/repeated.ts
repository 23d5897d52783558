/**
 * A list that contains one of its records twice, as if a record moved while the pages were read: the last record of the
 * previous page is also the first of this one. On a first page, the last record appears twice.
 */
import type { Answer } from './answer.ts';

/** The size of a chat service's page when a list starts at an offset. */
const CHAT_PAGE = 100;

/** `ask` requests the previous page from the same service. */
export async function repeated(
  request: Request,
  answered: Answer,
  ask: (request: Request) => Promise<Answer>,
): Promise<Answer> {
  if (typeof answered === 'string' || !answered.ok) return answered;
  const body = await jsonOf(answered);
  const list = listIn(body);
  const own = list?.at(-1);
  if (!list || own === undefined) return answered;
  const before = pageBefore(request);
  const last = before && (await lastOf(await ask(before)));
  if (last === undefined) list.push(own);
  else list.unshift(last);
  return new Response(JSON.stringify(body), { status: answered.status, headers: answered.headers });
}

async function lastOf(answered: Answer): Promise<unknown> {
  return typeof answered === 'string' ? undefined : listIn(await jsonOf(answered))?.at(-1);
}

/** Reads a copy, so that the answer stays unread. */
const jsonOf = (answered: Response): Promise<unknown> =>
  answered
    .clone()
    .json()
    .catch(() => undefined);

/** The CRM counts pages, the chat service counts records. */
function pageBefore({ url, headers, method }: Request): Request | undefined {
  if (method !== 'GET') return undefined;
  const address = new URL(url);
  const query = address.searchParams;
  const [page, offset] = [Number(query.get('page') ?? 1), Number(query.get('offset') ?? 0)];
  if (page > 1) query.set('page', String(page - 1));
  else if (offset > 0)
    query.set('offset', String(Math.max(0, offset - Number(query.get('limit') ?? CHAT_PAGE))));
  else return undefined;
  return new Request(address, { headers });
}

/** The first non-empty list: the body itself, or one inside it. */
function listIn(body: unknown): unknown[] | undefined {
  if (Array.isArray(body)) return body.length > 0 ? body : undefined;
  if (typeof body !== 'object' || body === null) return undefined;
  for (const inner of Object.values(body)) {
    const list = listIn(inner);
    if (list) return list;
  }
  return undefined;
}
