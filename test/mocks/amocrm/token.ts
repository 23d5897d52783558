/** The one-time token: a real JWT with times of the world's clock. The page requests it in jQuery's form. */
import { SignJWT } from 'jose';
import { seconds } from '../../world/clock.ts';
import type { CrmUser } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { problem } from './problem.ts';
import { route, type Route } from './route.ts';

export const tokenRoutes = (world: World): Route[] => [
  route('GET /ajax/v2/integrations/:uuid/disposable_token', {}, async ({ me, params, request }) => {
    if (request.headers.get('X-Requested-With') !== 'XMLHttpRequest') return problem(400, 'Bad request');
    if (params['uuid'] !== world.crm.integration.uuid) return problem(404, 'Integration not found');
    return Response.json({ token: await tokenFor(world, me) });
  }),
];

export async function tokenFor(world: World, me: CrmUser): Promise<string> {
  const { account, integration } = world.crm;
  const now = seconds(world.clock);
  const claims = {
    account_id: account.id,
    user_id: me.id,
    subdomain: account.subdomain,
    client_uuid: integration.uuid,
    ...(!world.oddities.tokenWithoutAdminClaim && { is_admin: me.isAdmin }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(account.origin)
    .setAudience(integration.audience)
    .setJti(crypto.randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + world.oddities.tokenLifetimeSeconds)
    .sign(new TextEncoder().encode(integration.secret));
}
