/** Whom the server takes for an administrator, and an account that has moved, by the tokens of their pages. */
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
  it('lets in whom the CRM says to be one, and nobody else', async () => {
    expect((await ask(ADMIN)).status).toBe(200);
    expect(await outcomeOf(await ask(SELLER_A))).toEqual([403, 'ADMINS_ONLY']);
  });

  it('asks the CRM once a minute', async () => {
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

  it('lets nobody in while the CRM does not answer, and says so', async () => {
    office.world.disturbances.add(/users/, 'server-error');
    expect(await outcomeOf(await ask(ADMIN))).toEqual([403, 'ADMINS_UNKNOWN']);
    expect((await ask(ADMIN)).status).toBe(200);
  });
});

describe('an account with another address', () => {
  it('is known by the token of its first page there', async () => {
    office.world.renameAccount(office.world.crm, 'renamed');
    expect((await ask(ADMIN, {})).status).toBe(200);
    expect(await office.open.database.selectFrom('account').select('host').execute()).toEqual([
      { host: 'renamed.amocrm.ru' },
    ]);
  });

  it('is not moved by a token of another account, or of another integration', async () => {
    office.world.renameAccount(office.world.crm, 'renamed');
    expect(await outcomeOf(await ask(ADMIN, { account_id: 999 }))).toEqual([403, 'ACCOUNT_UNKNOWN']);
    expect(await outcomeOf(await ask(ADMIN, { client_uuid: 'another' }))).toEqual([403, 'ACCOUNT_UNKNOWN']);
    expect(await outcomeOf(await ask(ADMIN, { iss: 'https://crm.amocrm.ru' }))).toEqual([
      403,
      'ACCOUNT_UNKNOWN',
    ]);
  });
});
