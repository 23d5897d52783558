/**
 * The token that Pipedrive signs for our pages: the user and the company, valid for five minutes. It does not say whether
 * the user is an administrator, or which record is open.
 */
import { errors, jwtVerify } from 'jose';
import * as v from 'valibot';
import type { Caller } from '../../caller.ts';
import { Refused } from '../../http/refusal.ts';

/** How far the clocks of two servers may differ. */
const TOLERANCE_SECONDS = 30;

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.transform(String));
const claims = v.object({ userId: id, companyId: id });

export async function callerOf(
  request: Request,
  { secret, now }: { readonly secret: string; readonly now: () => Date },
): Promise<Caller> {
  const token = request.headers.get('X-Auth-Token');
  if (!token) throw new Refused('TOKEN_MISSING');
  const { success, output } = v.safeParse(claims, await verified(token, secret, now()));
  if (!success) throw new Refused('TOKEN_INVALID');
  return {
    account: { crm: 'pipedrive', id: output.companyId },
    employeeId: output.userId,
    isAdmin: undefined,
  };
}

async function verified(token: string, secret: string, currentDate: Date): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate,
    });
    return payload;
  } catch (error) {
    throw new Refused(error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
  }
}
