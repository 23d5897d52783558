import { UnsecuredJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { handle } from '../../../../../server/gateway/handle.ts';
import { seconds } from '../../../../world/clock.ts';
import { SELLER_A } from '../../../../world/people.ts';
import { officeForEachTest, requestFor, tokenOf } from '../../gateway/office.ts';
import { claimsOf, signed } from '../../../../support/signed-proof.ts';
import { outcomeOf } from '../../../../support/outcome.ts';

const office = officeForEachTest();

const genuineClaims = (): JWTPayload => claimsOf(office.stage.world, SELLER_A);

const secret = (): string => office.stage.world.crm.integration.secret;

const askWith = (token: string): Promise<Response> =>
  handle(requestFor('GET /v3/channels', { 'X-Auth-Token': token }), office.config);

describe("the CRM's token", () => {
  it('lets an employee in', async () => {
    expect((await askWith(await tokenOf(office.stage, SELLER_A))).status).toBe(200);
  });

  it('lets an employee in when a clock is half a minute off', async () => {
    const now = seconds(office.stage.world.clock);
    expect((await askWith(await signed({ ...genuineClaims(), nbf: now + 25 }, secret()))).status).toBe(200);
    expect((await askWith(await signed({ ...genuineClaims(), exp: now - 25 }, secret()))).status).toBe(200);
  });

  it.each([[null], ['yes'], [{}], [undefined]])(
    'lets a person in whose admin claim is %j, but not as an administrator',
    async is_admin => {
      const token = await signed({ ...genuineClaims(), is_admin }, secret());
      expect((await askWith(token)).status).toBe(200);
      const answer = await handle(
        requestFor('GET /v3/templates/whatsapp', { 'X-Auth-Token': token }),
        office.config,
      );
      expect(await outcomeOf(answer)).toEqual([403, 'ADMINS_UNKNOWN']);
    },
  );

  it('is required', async () => {
    const answer = await handle(requestFor('GET /v3/channels'), office.config);
    expect(await outcomeOf(answer)).toEqual([401, 'TOKEN_MISSING']);
  });

  it.each<[string, Partial<Record<keyof JWTPayload, unknown>>]>([
    ['another account', { iss: 'https://other.amocrm.ru' }],
    ['another gateway', { aud: 'https://other.example.com' }],
    ['another integration', { client_uuid: '11111111-1111-4111-8111-111111111111' }],
    ['no integration', { client_uuid: undefined }],
    ['no user', { user_id: undefined }],
    ['no account', { account_id: undefined }],
    ['all time', { exp: undefined }],
  ])('is refused when it was issued for %s', async (_for, claims) => {
    const answer = await askWith(await signed({ ...genuineClaims(), ...claims }, secret()));
    expect(await outcomeOf(answer)).toEqual([401, 'TOKEN_INVALID']);
    expect(office.stage.upstream).toEqual([]);
  });

  it('is refused before it becomes valid', async () => {
    const answer = await askWith(
      await signed({ ...genuineClaims(), nbf: seconds(office.stage.world.clock) + 60 }, secret()),
    );
    expect(await outcomeOf(answer)).toEqual([401, 'TOKEN_INVALID']);
  });

  it('expires after half an hour', async () => {
    const token = await tokenOf(office.stage, SELLER_A);
    office.stage.world.clock.advance(31 * 60_000);
    const answer = await askWith(token);
    expect(await outcomeOf(answer)).toEqual([401, 'TOKEN_EXPIRED']);
  });

  it('is refused when the CRM hands it out expired', async () => {
    office.stage.world.oddities.tokenLifetimeSeconds = -60;
    const answer = await askWith(await tokenOf(office.stage, SELLER_A));
    expect(await outcomeOf(answer)).toEqual([401, 'TOKEN_EXPIRED']);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['signed with another secret', () => signed(genuineClaims(), 'a secret that somebody else has made up')],
    ['signed with the right secret and another algorithm', () => signed(genuineClaims(), secret(), 'HS512')],
    ['not signed at all', () => new UnsecuredJWT(genuineClaims()).encode()],
    ['changed after signing', async () => tamperedWith(await signed(genuineClaims(), secret()))],
    ['no token at all', () => 'let me in'],
  ])('is refused when it is %s', async (_how, forge) => {
    const answer = await askWith(await forge());
    expect(await outcomeOf(answer)).toEqual([401, 'TOKEN_INVALID']);
    expect(office.stage.upstream).toEqual([]);
  });
});

/** Keeps the signature, and replaces the claims by those of an admin. */
function tamperedWith(token: string): string {
  const [header, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({ ...genuineClaims(), is_admin: true })).toString('base64url');
  return [header, claims, signature].join('.');
}
