/** Every route of the CRM acts as the employee of the session, with his rights. */
import type { HttpResponseResolver, PathParams } from 'msw';
import type { CrmUser } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { problem } from './problem.ts';

/** The employee of the request's session; undefined when nobody is logged in. */
export type WhoAsks = (request: Request) => number | undefined;

export type Visit = {
  readonly me: CrmUser;
  readonly request: Request;
  readonly params: PathParams;
  readonly query: URLSearchParams;
};
/** A route for those who are logged in. */
export type SignedIn = (act: (visit: Visit) => Response | Promise<Response>) => HttpResponseResolver;

/** A session ends when its employee is deactivated. */
export function sessionsOf(world: World, whoAsks: WhoAsks): SignedIn {
  return act =>
    ({ request, params }) => {
      const me = world.crm.users.get(whoAsks(request) ?? 0);
      if (!me?.isActive) return problem(401, 'Invalid user name or password');
      return act({ me, request, params, query: new URL(request.url).searchParams });
    };
}

/** As `SignedIn`, for routes that the CRM keeps for administrators. */
export const forAdmins: (signedIn: SignedIn) => SignedIn = signedIn => act =>
  signedIn(visit => (visit.me.isAdmin ? act(visit) : problem(403, 'Access denied')));
