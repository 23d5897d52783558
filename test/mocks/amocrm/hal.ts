/** The CRM's happy answers: hal+json, in pages, and 204 without a body where there is nothing to tell. */
import { problem } from './problem.ts';

export const hal = (body: unknown): Response =>
  Response.json(body, { headers: { 'Content-Type': 'application/hal+json' } });

export const nothing = (): Response => new Response(null, { status: 204 });

export const selfLink = (href: string): { readonly self: { readonly href: string } } => ({ self: { href } });

export type Page<T> = {
  readonly items: readonly T[];
  readonly number: number;
  readonly count: number;
  readonly links: Record<string, { readonly href: string }>;
};

/** The page that the query asks for, or the refusal of a page that is too long. */
export function pageOf<T>(items: readonly T[], request: Request, longest: number): Page<T> | Response {
  const url = new URL(request.url);
  const number = Number(url.searchParams.get('page') ?? 1);
  const limit = Number(url.searchParams.get('limit') ?? longest);
  if (!(limit >= 1 && limit <= longest)) return problem(422, `Limit ${longest} per page`);
  const count = Math.ceil(items.length / limit);
  const link = (page: number): { readonly href: string } => {
    const to = new URL(url);
    to.searchParams.set('page', String(page));
    return { href: to.href };
  };
  return {
    items: items.slice((number - 1) * limit, number * limit),
    number,
    count,
    links: number < count ? { self: link(number), next: link(number + 1) } : { self: link(number) },
  };
}
