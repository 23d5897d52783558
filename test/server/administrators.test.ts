/** Page tokens tell the server who is an administrator, and that an account has moved to another address. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/outcome.ts';
import { claimsOf, signed } from '../support/signed-proof.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
beforeEach(async () => {
  office = await installedOffice();
});
afterEach(() => office.open.close());

async function ask(who: number, more: Record<string, unknown> = { is_admin: undefined }): Promise<Response> {
  const { world, app } = office;
  const claims = { ...claimsOf(world, who), ...more };
  return app(
    new Request('https://server.invalid/history', {
      headers: {
        Origin: world.crm.account.origin,
        'X-Auth-Token': await signed(claims, world.crm.integration.secret),
      },
    }),
  );
}

describe('a token that does not say who is an administrator', () => {
  it('lets in only people who are administrators according to the CRM', async () => {
    expect((await ask(ADMIN)).status).toBe(200);
    expect(await outcomeOf(await ask(SELLER_A))).toEqual([403, 'ADMINS_ONLY']);
  });

  it('makes the server ask the CRM, at most once a minute', async () => {
    const asked = (): number => office.sent.filter(one => one.includes('/api/v4/users/')).length;
    const before = asked();
    await ask(ADMIN);
    await ask(ADMIN);
    expect(asked() - before).toBe(1);
    const admin = office.world.crm.users.get(ADMIN);
    if (admin) admin.isAdmin = false;
    office.world.clock.advance(61_000);
    expect((await ask(ADMIN)).status).toBe(403);
  });

  it('is refused while the CRM does not answer, and the error says why', async () => {
    office.world.disturbances.add(/users/, 'server-error');
    expect(await outcomeOf(await ask(ADMIN))).toEqual([403, 'ADMINS_UNKNOWN']);
    expect((await ask(ADMIN)).status).toBe(200);
  });
});

describe('an account that has moved to another address', () => {
  it('is recognized by the token of its first page there', async () => {
    office.world.renameAccount(office.world.crm, 'renamed');
    expect((await ask(ADMIN, {})).status).toBe(200);
    expect(await office.open.database.selectFrom('account').select('host').execute()).toEqual([
      { host: 'renamed.amocrm.ru' },
    ]);
  });

  it('is not moved by a token of another account or another integration', async () => {
    office.world.renameAccount(office.world.crm, 'renamed');
    expect(await outcomeOf(await ask(ADMIN, { account_id: 999 }))).toEqual([403, 'ACCOUNT_UNKNOWN']);
    expect(await outcomeOf(await ask(ADMIN, { client_uuid: 'another' }))).toEqual([403, 'ACCOUNT_UNKNOWN']);
    expect(await outcomeOf(await ask(ADMIN, { iss: 'https://crm.amocrm.ru' }))).toEqual([
      403,
      'ACCOUNT_UNKNOWN',
    ]);
  });
});
