/** Tokens as the CRM makes them, for tests that change a claim or sign differently. */
import { SignJWT, type JWTPayload } from 'jose';
import { seconds } from '../world/clock.ts';
import type { World } from '../world/world.ts';

export function claimsOf({ clock, crm }: World, person: number): JWTPayload {
  const now = seconds(clock);
  return {
    iss: crm.account.origin,
    aud: crm.integration.audience,
    client_uuid: crm.integration.uuid,
    account_id: crm.account.id,
    user_id: person,
    is_admin: crm.users.get(person)?.isAdmin === true,
    iat: now,
    nbf: now,
    exp: now + 1800,
  };
}

export const signed = (claims: JWTPayload, secret: string, alg = 'HS256'): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
