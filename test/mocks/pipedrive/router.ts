/**
 * Passes requests to the routes of the table. Checks in this order: known route, valid token of this company, limits,
 * scope, and only then parameters and fields. What the table lacks is refused with 501 and named.
 */
import { http, type RequestHandler } from 'msw';
import type { Company } from '../../world/pipedrive/company.ts';
import type { Grant } from '../../world/pipedrive/oauth.ts';
import type { User } from '../../world/pipedrive/users.ts';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { lacking } from '../lacking.ts';
import { beyond } from '../parameters.ts';
import { limited, limitHeaders } from './limited.ts';
import { closed, invalidToken, scopeMismatch, unauthorizedAccess } from './problem.ts';
import type { Route } from './route.ts';

type Placed = { readonly route: Route; readonly matches: RegExp };
type Asked = Placed & { readonly company: Company; readonly request: Request };
type LetIn = Asked & { readonly grant: Grant; readonly me: User };

export function routed(world: World, company: Company, routes: readonly Route[]): RequestHandler {
  const table = routes.map((route): Placed => ({ route, matches: patternOf(route.on) }));
  return http.all('*', async ({ request }) => {
    const asked = `${request.method} ${pathOf(request)}`;
    const found = table.find(({ matches }) => matches.test(asked));
    return found ? letIn(world, { ...found, company, request }) : lacking(world, [asked]);
  });
}

/** v1 is also available without the `/api` prefix. */
const pathOf = ({ url }: Request): string => new URL(url).pathname.replace(/^\/v1\//, '/api/v1/');

async function letIn(world: World, asked: Asked): Promise<Response> {
  const { company, request, route } = asked;
  const grant = grantOf(world, company, request);
  const me = grant && company.users.get(grant.userId);
  if (!grant || !me?.isActive || me.isDeleted) {
    return world.pipedrive.oddities.unauthorizedForm === 'invalid-token'
      ? invalidToken()
      : unauthorizedAccess();
  }
  if (company.isClosed) return closed();
  const token = request.headers.get('Authorization') ?? '';
  const over = company.limits.take(token, route.cost, route.isSearch);
  if (over) return limited(world, company, token, over);
  const answered = await carriedOut(world, { ...asked, grant, me });
  const headers = limitHeaders(world, company, token);
  Object.entries(headers).forEach(([name, value]) => answered.headers.set(name, value));
  return answered;
}

async function carriedOut(world: World, asked: LetIn): Promise<Response> {
  const { company, request, route, matches, grant, me } = asked;
  if (!allows(grant.scopes, route.scopes)) return scopeMismatch();
  const { searchParams: query } = new URL(request.url);
  const body = route.takesBody ? await bodyOf(request) : (await request.text()) || undefined;
  const unknown = [
    ...beyond(query, route.query).map(name => `${route.on}?${name}`),
    ...route.beyond(body).map(name => `${route.on} {${name}}`),
  ];
  if (unknown.length > 0) return lacking(world, unknown);
  const params = matches.exec(`${request.method} ${pathOf(request)}`)?.groups ?? {};
  const userAgent = request.headers.get('User-Agent');
  const actor = { userId: me.id, source: 'api' as const, userAgent };
  const answered = await route.answer({ company, me, actor, params, query, body });
  if (request.method !== 'GET') world.changed();
  return answered;
}

/** A token gives access only to the company for which it was issued. */
export function grantOf(world: World, company: Company, { headers }: Request): Grant | undefined {
  const token = /^Bearer (\S+)$/i.exec(headers.get('Authorization') ?? '')?.[1] ?? '';
  const grant = world.pipedrive.oauth.grantOfAccess(token);
  return grant?.company === company ? grant : undefined;
}

const allows = (given: readonly string[], asked: readonly string[]): boolean =>
  asked.some(scope => given.includes(scope) || given.includes(scope.replace(/:read$/, ':full')));

function patternOf(on: Route['on']): RegExp {
  return new RegExp(`^${on.replace(/:(\w+)/g, (_, name: string) => `(?<${name}>\\d+)`)}$`);
}
