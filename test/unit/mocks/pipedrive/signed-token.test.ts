/** The token that Pipedrive's own page signs for ours. */
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { signedToken } from '../../../mocks/pipedrive/signed-token.ts';
import { SELLER_A } from '../../../world/people.ts';
import { pipedriveStage } from '../../../support/listening-pipedrive.ts';

const stage = () => {
  const { world, company } = pipedriveStage();
  const key = new TextEncoder().encode(world.pipedrive.app.clientSecret);
  const opens = (token: string) =>
    jwtVerify(token, key, { algorithms: ['HS256'], currentDate: new Date(world.clock.now()) }).then(
      () => true,
      () => false,
    );
  return { world, company, opens };
};

describe('a signed token', () => {
  it('names the user and the company, and is valid for five minutes', async () => {
    const { world, company, opens } = stage();
    const token = await signedToken(company, SELLER_A);
    const { iat = 0, exp = 0, ...claims } = decodeJwt(token);
    expect([claims, exp - iat]).toEqual([{ userId: SELLER_A, companyId: company.id }, 300]);
    expect(await opens(token)).toBe(true);
    world.clock.advance(5 * 60_000);
    expect(await opens(token)).toBe(false);
  });

  it('is signed with the app’s secret, unless the surface has its own', async () => {
    const { world, company, opens } = stage();
    world.pipedrive.app.jwtSecret = 'the panel’s own';
    expect(await opens(await signedToken(company, SELLER_A))).toBe(false);
    const secret = world.pipedrive.app.clientSecret;
    expect(await opens(await signedToken(company, SELLER_A, { secret }))).toBe(true);
  });

  it.each(['HS512', 'none'] as const)('can be forged with %s, to test the check', async alg => {
    const { company, opens } = stage();
    const token = await signedToken(company, SELLER_A, { alg });
    expect([decodeProtectedHeader(token).alg, await opens(token)]).toEqual([alg, false]);
  });

  it('can be an expired one', async () => {
    const { company, opens } = stage();
    expect(await opens(await signedToken(company, SELLER_A, { ageSeconds: 301 }))).toBe(false);
  });
});
