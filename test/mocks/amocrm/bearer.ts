/**
 * Identifies the caller by an access token. A full grant acts as its administrator even after they have left; any other
 * grant has the present rights of its person. With `X-Context-User-ID`, an administrator's grant can act as another
 * user.
 */
import type { CrmUser } from '../../world/crm.ts';
import type { Grant } from '../../world/oauth.ts';
import type { World } from '../../world/world.ts';
import { readAccessToken } from './access-token.ts';
import { problem } from './problem.ts';

export const bearerOf = ({ headers }: Request): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.get('Authorization') ?? '')?.[1];

/** Whether the request is made in another user's name. */
export const isLent = (request: Request): boolean =>
  bearerOf(request) !== undefined && request.headers.has('X-Context-User-ID');

const unauthorized = (): Response => problem(401, 'Unauthorized');
/** The format of the refusal for an unknown or free user is not documented. */
const refusedContext = (): Response => problem(403, 'Access denied');

/** The token's grant in the account that was asked. */
export async function grantOf(world: World, token: string): Promise<Grant | undefined> {
  const claims = await readAccessToken(world, token);
  const { oauth, integrations } = world.crm;
  const grant = claims && oauth.grantOfAccess(claims.accessId);
  return grant && integrations.get(grant.integrationUuid)?.active ? grant : undefined;
}

export async function bearersPerson(
  world: World,
  request: Request,
  token: string,
): Promise<CrmUser | Response> {
  const grant = await grantOf(world, token);
  const me = grant && personOf(world, grant);
  if (!me) return unauthorized();
  const context = request.headers.get('X-Context-User-ID');
  if (context === null) return me;
  const other = world.crm.users.get(Number(context));
  return me.isAdmin && other?.isActive && !other.isFree ? other : refusedContext();
}

function personOf({ crm }: World, { user, isFull }: Grant): CrmUser | undefined {
  const now = crm.users.get(user.id);
  if (now?.isActive) return now;
  return isFull ? { ...user, isAdmin: true } : undefined;
}
