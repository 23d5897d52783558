/**
 * The CRM's one-time token: a JWT that names the employee, signed with the secret that the integration and the CRM share. HS256
 * and thirty minutes of life are documented. amoCRM's SDK reads `is_admin`, but its page on tokens does not list it, so a token
 * may come without it.
 */
import { errors, jwtVerify } from 'jose';
import * as v from 'valibot';
import type { Caller } from '../../caller.ts';
import { Refused } from '../../http/refusal.ts';
import { crmOf } from './host.ts';

/** How far two honest clocks may disagree. */
const TOLERANCE_SECONDS = 30;

const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.nonEmpty());

const claims = v.object({
  account_id: id,
  user_id: id,
  client_uuid: v.string(),
  // Where it is no boolean, the configuration says who is an administrator.
  is_admin: v.optional(
    v.pipe(
      v.unknown(),
      v.transform(given =>
        typeof given === 'boolean' || typeof given === 'number' ? Boolean(given) : undefined,
      ),
    ),
  ),
});

/** What a token is checked against. */
type Expected = {
  /** The account's own address, which its tokens carry as `iss`. */
  readonly issuer: string;
  /** The account's id in the CRM, where it is known: a host may pass to another account. */
  readonly accountId?: string | undefined;
  /** Public id of the integration: the tokens' `client_uuid`. */
  readonly integrationId: string;
  /** Signs the tokens. Only the CRM and the server know it. */
  readonly secret: string;
  /** The server's own origin: the tokens' `aud`. */
  readonly audience: string;
  readonly now: () => Date;
};

export async function callerOf(request: Request, expected: Expected): Promise<Caller> {
  const token = request.headers.get('X-Auth-Token');
  if (!token) throw new Refused('TOKEN_MISSING');
  const { success, output } = v.safeParse(claims, await verified(token, expected));
  if (!success || output.client_uuid !== expected.integrationId) throw new Refused('TOKEN_INVALID');
  const { accountId = output.account_id } = expected;
  if (output.account_id !== accountId) throw new Refused('TOKEN_INVALID');
  return {
    account: { crm: crmOf(new URL(expected.issuer).hostname), id: output.account_id },
    employeeId: output.user_id,
    isAdmin: output.is_admin,
  };
}

async function verified(token: string, { secret, issuer, audience, now }: Expected): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      issuer,
      audience,
      requiredClaims: ['exp'],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: now(),
    });
    return payload;
  } catch (error) {
    throw new Refused(error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
  }
}
