/**
 * Access tokens: real JWTs with the claims observed in the CRM's own. No one outside the CRM has the key to verify
 * them, and the signing algorithm is not documented.
 */
import { compactVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import type { Crm } from '../../world/crm.ts';
import type { TokenPair } from '../../world/oauth.ts';
import type { World } from '../../world/world.ts';

const SCOPES = ['crm', 'push_notifications', 'files', 'files_delete', 'notifications'];

export type AccessClaims = { readonly accountId: number; readonly accessId: string };

const claims = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ jti: v.string(), account_id: v.number() }),
  v.transform(({ jti, account_id }): AccessClaims => ({ accountId: account_id, accessId: jti })),
);

export async function writeAccessToken(world: World, { account }: Crm, pair: TokenPair): Promise<string> {
  const { grant, accessId, issuedAt, expiresAt } = pair;
  const { privateKey } = await world.signingKeys();
  return new SignJWT({
    account_id: account.id,
    base_domain: account.zone,
    scopes: SCOPES,
    api_domain: apiHostOf(account.zone),
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setSubject(String(grant.user.id))
    .setAudience(grant.integrationUuid)
    .setJti(accessId)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(privateKey);
}

/** The token's claims, if the CRM issued it. Whether it is still valid is decided by the account. */
export async function readAccessToken(world: World, token: string): Promise<AccessClaims | undefined> {
  const { publicKey } = await world.signingKeys();
  const verified = await compactVerify(token, publicKey).catch(() => undefined);
  const { success, output } = v.safeParse(claims, verified && new TextDecoder().decode(verified.payload));
  return success ? output : undefined;
}

/** The API's own host, shared by all accounts of a zone. */
export const apiHostOf = (zone: string): string => `api-b.${zone}`;
