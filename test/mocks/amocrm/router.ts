/**
 * Passes requests to the routes of the table. Any route, parameter or field that the table lacks is refused with 501
 * and named; nothing is silently ignored.
 */
import { http, type RequestHandler } from 'msw';
import type { World } from '../../world/world.ts';
import type { CrmUser } from '../../world/crm.ts';
import { bodyOf } from '../body.ts';
import { isForCrm } from '../for-crm.ts';
import { lacking } from '../lacking.ts';
import { bearerOf, bearersPerson, isLent } from './bearer.ts';
import { beyond } from '../parameters.ts';
import { problem } from './problem.ts';
import type { Route } from './route.ts';

/** The employee of the request's session; undefined if no one is logged in. */
export type WhoAsks = (request: Request) => number | undefined;

type Placed = { readonly route: Route; readonly matches: RegExp };

export function routed(world: World, whoAsks: WhoAsks, routes: readonly Route[]): RequestHandler {
  const table = routes.map((route): Placed => ({ route, matches: patternOf(route.on) }));
  return http.all('*', ({ request }) => {
    if (!isForCrm(request)) return undefined;
    const asked = `${request.method} ${new URL(request.url).pathname}`;
    const found = table.find(({ matches }) => matches.test(asked));
    return found ? letIn(world, whoAsks, request, found) : lacking(world, [asked]);
  });
}

async function letIn(
  world: World,
  whoAsks: WhoAsks,
  request: Request,
  { route, matches }: Placed,
): Promise<Response> {
  const me = await callerOf(world, whoAsks, request);
  if (me instanceof Response) return me;
  if (route.who === 'admins' && !me.isAdmin) return problem(403, 'Access denied');
  const { pathname, searchParams: query } = new URL(request.url);
  const body = await bodyFor(route, request);
  const unknown = [
    ...beyond(query, route.query).map(name => `${route.on}?${name}`),
    ...route.beyond(body).map(name => `${route.on} {${name}}`),
  ];
  if (unknown.length > 0) return lacking(world, unknown);
  const params = matches.exec(`${request.method} ${pathname}`)?.groups ?? {};
  const answered = (): ReturnType<Route['answer']> => route.answer({ me, request, params, query, body });
  const isUnbound = isLent(request) && world.oddities.contextRights === 'givers';
  return isUnbound ? world.crm.unbound(answered) : answered();
}

async function bodyFor({ body }: Route, request: Request): Promise<unknown> {
  if (body === 'json') return bodyOf(request);
  const text = await request.text();
  return body === 'form' ? Object.fromEntries(new URLSearchParams(text)) : text || undefined;
}

/**
 * Tokens give access only to the API, not to the page's own requests. A session ends when its employee is deactivated.
 */
async function callerOf(world: World, whoAsks: WhoAsks, request: Request): Promise<CrmUser | Response> {
  const token = new URL(request.url).pathname.startsWith('/api/') ? bearerOf(request) : undefined;
  if (token !== undefined) return bearersPerson(world, request, token);
  const me = world.crm.users.get(whoAsks(request) ?? 0);
  return me?.isActive ? me : problem(401, 'Invalid user name or password');
}

function patternOf(on: Route['on']): RegExp {
  const pattern = on.replace(
    /:(\w+)/g,
    (_, name: string) => `(?<${name}>${name === 'id' ? '\\d+' : '[^/]+'})`,
  );
  return new RegExp(`^${pattern}$`);
}
