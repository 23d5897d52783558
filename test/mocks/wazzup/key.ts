/**
 * Every route of the chat service requires a key, and the three kinds of keys open different routes. There are no CORS
 * headers, because these services are made for servers.
 */
import type { HttpResponseResolver, PathParams } from 'msw';
import type { KeyKind } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';
import { windowLimiter } from '../limiter.ts';
import { chatError } from './error.ts';

export type KeyedCall = {
  readonly request: Request;
  readonly params: PathParams;
  readonly query: URLSearchParams;
};
/** A route for keys of the given kinds. */
export type Keyed = (
  kinds: readonly KeyKind[],
  act: (call: KeyedCall) => Response | Promise<Response>,
  /** The parameters that the route knows. */
  parameters?: readonly string[],
) => HttpResponseResolver;

/** A sidecar key is created by an existing integration: it sends messages and sees channels. */
export const ANY_KEY: readonly KeyKind[] = ['partner', 'v3', 'sidecar'];
export const OWN_KEY: readonly KeyKind[] = ['partner', 'v3'];
/** Unverified: it is not documented whether a key from the cabinet may write roles. Here it may not. */
export const ROLE_WRITING_KEY: readonly KeyKind[] = ['partner'];

const REQUESTS = 500;
const WINDOW_MILLISECONDS = 5000;

export function bearerOf({ headers }: Request): string | undefined {
  const [scheme, key] = (headers.get('Authorization') ?? '').split(' ');
  return scheme === 'Bearer' ? key : undefined;
}

export function keysOf(world: World): Keyed {
  const limiter = windowLimiter(world.clock, REQUESTS, WINDOW_MILLISECONDS);
  return (kinds, act, parameters = []) =>
    ({ request, params }) => {
      const kind = world.chat.keys.get(bearerOf(request) ?? '');
      if (!kind) return chatError(401, 'INVALID_APIKEY', 'Invalid authorization header');
      if (limiter.isFull()) return new Response(null, { status: 429 });
      if (!kinds.includes(kind)) return Response.json({ error: 'FORBIDDEN' }, { status: 403 });
      const { pathname, searchParams: query } = new URL(request.url);
      const unknown = [...query.keys()].filter(name => !parameters.includes(name));
      return unknown.length > 0
        ? lacking(
            world,
            unknown.map(name => `${request.method} ${pathname}?${name}`),
          )
        : act({ request, params, query });
    };
}
