/**
 * The token that Pipedrive's page signs for the app's pages: the user and the company, nothing more. Valid for five
 * minutes.
 */
import { SignJWT, UnsecuredJWT } from 'jose';
import type { Company } from '../../world/pipedrive/company.ts';

const LIFE_SECONDS = 5 * 60;

type SigningOptions = {
  /** The token's age. */
  readonly ageSeconds?: number;
  readonly secret?: string;
  /** `HS256` by default; tests of forgery use `none`. */
  readonly alg?: 'HS256' | 'HS384' | 'HS512' | 'none';
};

export async function signedToken(
  { id: companyId, app, now }: Pick<Company, 'id' | 'app' | 'now'>,
  userId: number,
  { ageSeconds = 0, secret = app.jwtSecret, alg = 'HS256' }: SigningOptions = {},
): Promise<string> {
  const issuedAt = Math.floor(now() / 1000) - ageSeconds;
  const expiresAt = issuedAt + LIFE_SECONDS;
  const claims = { userId, companyId };
  if (alg === 'none') {
    return new UnsecuredJWT(claims).setIssuedAt(issuedAt).setExpirationTime(expiresAt).encode();
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg, typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(secret));
}
