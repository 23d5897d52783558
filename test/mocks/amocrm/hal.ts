/** The CRM's successful answers: hal+json in pages, and 204 without a body for an empty result. */
import { anything, type Parameters } from '../parameters.ts';
import { problem } from './problem.ts';

export const hal = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'Content-Type': 'application/hal+json' } });

export const nothing = (): Response => new Response(null, { status: 204 });

/** Refused values have their own errors: see `pageOf`. */
export const PAGING: Parameters = { page: anything, limit: anything };

type Link = { readonly href: string };
export const selfLink = (href: string): { readonly self: Link } => ({ self: { href } });

/** The default limit. */
const USUAL_PAGE = 50;

export type Page<T> = {
  readonly items: readonly T[];
  readonly number: number;
  readonly count: number;
  readonly links: Record<string, Link>;
};

/** The requested page, or a refusal if the limit is too high or the numbers are invalid. */
export function pageOf<T>(items: readonly T[], request: Request, longest: number): Page<T> | Response {
  const url = new URL(request.url);
  const number = Number(url.searchParams.get('page') ?? 1);
  const limit = Number(url.searchParams.get('limit') ?? USUAL_PAGE);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= longest))
    return problem(422, `Limit ${longest} per page`);
  if (!(Number.isInteger(number) && number >= 1)) return problem(400, 'Request validation failed');
  const count = Math.ceil(items.length / limit);
  const link = (page: number): Link => {
    const to = new URL(url);
    to.searchParams.set('page', String(page));
    to.searchParams.set('limit', String(limit));
    return { href: to.href };
  };
  return {
    items: items.slice((number - 1) * limit, number * limit),
    number,
    count,
    links: {
      self: link(number),
      ...(number < count && { next: link(number + 1) }),
      ...(number > 1 && { first: link(1), prev: link(number - 1) }),
    },
  };
}

/** Sorted as `order[<name>]` requests; otherwise unchanged. */
export function ordered<T>(
  items: readonly T[],
  query: URLSearchParams,
  by: Readonly<Record<string, (item: T) => number>>,
): readonly T[] {
  for (const [name, valueOf] of Object.entries(by)) {
    const asked = query.get(`order[${name}]`);
    const sign = asked === 'desc' ? -1 : 1;
    if (asked !== null) return items.toSorted((a, b) => sign * (valueOf(a) - valueOf(b)));
  }
  return items;
}
