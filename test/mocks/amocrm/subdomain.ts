/**
 * The present address of an account: clients ask the API's own host for it when the account's old address stops
 * answering.
 */
import type { World } from '../../world/world.ts';
import { problem } from './problem.ts';

/** Undefined for any other request. */
export async function subdomainAnswer(
  { accounts }: World,
  { url, method, headers }: Request,
): Promise<Response | undefined> {
  if (method !== 'GET' || new URL(url).pathname !== '/oauth2/account/current/subdomain') return undefined;
  const token = headers.get('X-Refresh-Token') ?? '';
  const found = accounts.find(({ oauth }) => oauth.grantOfRefresh(token) !== undefined);
  if (!found) return problem(401, 'Unauthorized');
  const { id, subdomain, origin, zone } = found.account;
  return Response.json({
    id,
    subdomain,
    domain: new URL(origin).host,
    top_level_domain: zone.slice(zone.lastIndexOf('.') + 1),
  });
}
