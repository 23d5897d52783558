/** Installing, and the grants that result: several instances with the emulated CRM, on one PostgreSQL. */
import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { pressDisable } from '../mocks/amocrm/installing.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { installingStage, patient, person, received, REDIRECT, type Stage } from './installing.ts';

const DAY = 86_400_000;

let stage: Stage;
let world: World;
beforeEach(async () => {
  stage = await installingStage();
  world = stage.world;
});
afterEach(() => stage.close());

describe.skipIf(inject('postgres') === '')('Install', () => {
  it('connects the account with a grant that works for its API', async () => {
    await stage.install();
    expect(stage.sent).toEqual([]);
    await stage.workAll();
    expect(await stage.accounts()).toEqual([
      expect.objectContaining({
        crm: 'amocrm',
        crmAccountId: String(world.crm.account.id),
        host: 'crm.amocrm.ru',
      }),
    ]);
    const access = await stage.instances[1].grants.access(await stage.accountId(), patient());
    expect(access).toMatchObject({ kind: 'access', host: 'crm.amocrm.ru' });
    expect(await stage.worksAt(world.crm, access.kind === 'access' ? access.token : '')).toBe(200);
  });

  it('exchanges each code once, whichever instance takes it', async () => {
    const others = Array.from({ length: 5 }, (_, at) => world.openAccount({ subdomain: `office${at}` }));
    for (const crm of others) {
      crm.integration.redirectUri = REDIRECT;
      await stage.install(ADMIN, crm);
    }
    await stage.workAll();
    expect(stage.tokenCalls()).toBe(5);
    expect((await stage.accounts()).map(({ host }) => String(host)).toSorted()).toEqual(
      others.map(({ account }) => new URL(account.origin).host).toSorted(),
    );
    for (const crm of others) {
      const access = await stage.instances[0].grants.access(await stage.accountId(crm), patient());
      expect(await stage.worksAt(crm, access.kind === 'access' ? access.token : '')).toBe(200);
    }
  });

  it.each([
    'evil.example',
    'crm.amocrm.ru.evil.example',
    'crm.amocrm.ru@evil.example',
    'crm.amocrm.ru:8443',
    '',
  ])('sends no request if it claims to come from %j', async referer => {
    const query = new URLSearchParams({ code: 'def502', referer, from_widget: '1' });
    await received(stage.instances[0], query);
    await stage.workAll();
    expect([stage.sent, await stage.accounts()]).toEqual([[], []]);
  });

  it('with a code of another account connects no account', async () => {
    const other = world.openAccount({ subdomain: 'other' });
    const code = other.oauth.consent(other.integration.uuid, person(other, ADMIN));
    await received(stage.instances[0], new URLSearchParams({ code, referer: 'crm.amocrm.ru' }));
    await stage.workAll();
    expect(await stage.accounts()).toEqual([]);
  });

  it('waits while the CRM blocks our address, and completes afterwards', async () => {
    stage.strike = async () => new Response('<html>nginx</html>', { status: 403 });
    await stage.install();
    await stage.workAll();
    expect(await stage.accounts()).toEqual([]);
    stage.strike = null;
    await stage.instances[0].open.database
      .updateTable('arrival')
      .set({ nextAt: new Date(0) })
      .execute();
    await stage.workAll();
    expect(await stage.accounts()).toHaveLength(1);
  });

  it('by an employee without administrator’s rights gives no access for the account', async () => {
    await stage.install(SELLER_A);
    await stage.workAll();
    expect(await stage.instances[0].grants.access(await stage.accountId(), patient())).toEqual({
      kind: 'needs-reauth',
    });
  });

  it('stores no code, token or secret in plain text', async () => {
    await stage.install();
    await stage.workAll();
    const access = await stage.instances[0].grants.access(await stage.accountId(), patient());
    const { database } = stage.instances[0].open;
    const rows = JSON.stringify([
      await database.selectFrom('arrival').selectAll().execute(),
      await database.selectFrom('crmGrant').selectAll().execute(),
      await stage.accounts(),
    ]);
    expect(rows).not.toContain('def502');
    expect(rows).toContain('"sealedCode":""');
    expect(rows).not.toContain(access.kind === 'access' ? access.token : '');
    expect(rows).not.toContain(world.crm.integration.secret);
  });
});

describe.skipIf(inject('postgres') === '')('a grant', () => {
  beforeEach(async () => {
    await stage.install();
    await stage.workAll();
    stage.sent.length = 0;
  });

  it.each(['strict', 'until-next-use'] as const)(
    'is renewed once when twenty ask at once after a day (rotation: %s)',
    async rotation => {
      world.oddities.refreshRotation = rotation;
      const id = await stage.accountId();
      world.clock.advance(DAY);
      const got = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          stage.instances[at % 2 === 0 ? 0 : 1].grants.access(id, patient()),
        ),
      );
      expect(stage.tokenCalls()).toBe(1);
      expect(new Set(got.map(one => one.kind === 'access' && one.token)).size).toBe(1);
      const [first] = got;
      expect(await stage.worksAt(world.crm, first?.kind === 'access' ? first.token : '')).toBe(200);
    },
  );

  it('is not renewed while it is valid', async () => {
    const id = await stage.accountId();
    for (const { grants } of stage.instances)
      expect((await grants.access(id, patient())).kind).toBe('access');
    expect(stage.sent).toEqual([]);
  });

  it.each([
    ['until-next-use', 'access'],
    ['strict', 'needs-reauth'],
  ] as const)(
    'whose renewal was never answered is tried once more (rotation: %s): %s',
    async (rotation, ends) => {
      world.oddities.refreshRotation = rotation;
      const id = await stage.accountId();
      world.clock.advance(DAY);
      stage.strike = async () => {
        stage.strike = null;
        return 'lost';
      };
      expect((await stage.instances[0].grants.access(id, patient())).kind).toBe(ends);
      expect(stage.tokenCalls()).toBe(2);
      expect((await stage.instances[1].grants.access(id, patient())).kind).toBe(ends);
      expect(stage.tokenCalls()).toBe(2);
    },
  );

  it.each([
    ['blocks our address with a page', 403, '<html>nginx</html>'],
    ['is too busy', 429, '{}'],
    ['is down', 502, 'Bad gateway'],
  ])('stays valid while the CRM %s', async (_what, status, body) => {
    const id = await stage.accountId();
    world.clock.advance(DAY);
    stage.strike = async () => new Response(body, { status });
    expect(await stage.instances[0].grants.access(id, patient())).toEqual({ kind: 'later' });
    stage.strike = null;
    expect((await stage.instances[1].grants.access(id, patient())).kind).toBe('access');
  });

  it('with tokens shorter than our margin is renewed once for each request', async () => {
    const id = await stage.accountId();
    world.clock.advance(DAY);
    const claims = { sub: String(ADMIN), account_id: world.crm.account.id };
    const access_token = new UnsecuredJWT(claims).encode();
    stage.strike = async () => Response.json({ access_token, refresh_token: 'next', expires_in: 60 });
    expect(await stage.instances[0].grants.access(id, patient())).toMatchObject({
      kind: 'access',
      token: access_token,
    });
    expect(stage.tokenCalls()).toBe(1);
  });

  it('that was revoked is replaced by another administrator’s', async () => {
    const second = person(world.crm, SELLER_A);
    second.isAdmin = true;
    await stage.install(SELLER_A);
    await stage.workAll();
    world.crm.oauth.revoke({ userId: SELLER_A });
    world.clock.advance(DAY);
    const access = await stage.instances[0].grants.access(await stage.accountId(), patient());
    expect(await stage.worksAt(world.crm, access.kind === 'access' ? access.token : '')).toBe(200);
  });

  it('ends with the installation, and works again after the next one', async () => {
    const id = await stage.accountId();
    await pressDisable(world, world.crm, world.crm.integration);
    world.clock.advance(DAY);
    expect(await stage.instances[0].grants.access(id, patient())).toEqual({ kind: 'needs-reauth' });
    await stage.install();
    await stage.workAll();
    expect((await stage.instances[1].grants.access(id, patient())).kind).toBe('access');
    expect(await stage.accounts()).toHaveLength(1);
  });
});

describe.skipIf(inject('postgres') === '')('a flood of invented codes', () => {
  /** Calls from this network address. */
  const call = (caller: string, referer: string, code: string = crypto.randomUUID()): Promise<boolean> =>
    received(stage.instances[0], new URLSearchParams({ code, referer }), caller);
  const accountsBehind = async (calls: readonly Promise<boolean>[]): Promise<number> =>
    (await Promise.all(calls)).filter(isKept => isKept).length;

  it('from one caller is stopped soon, whatever hosts it names, and other callers can still install', async () => {
    const kept = await accountsBehind(
      Array.from({ length: 300 }, (_, at) => call('203.0.113.9', `office${at}.amocrm.ru`)),
    );
    expect(kept).toBeLessThan(50);
    const code = world.crm.oauth.consent(world.crm.integration.uuid, person(world.crm, ADMIN));
    expect(await call('198.51.100.1', 'crm.amocrm.ru', code)).toBe(true);
  });

  it('for one host from many callers takes five places, and none of another host', async () => {
    const kept = await accountsBehind(
      Array.from({ length: 40 }, (_, at) => call(`203.0.113.${at}`, 'victim.amocrm.ru')),
    );
    expect(kept).toBe(5);
    const code = world.crm.oauth.consent(world.crm.integration.uuid, person(world.crm, ADMIN));
    expect(await call('198.51.100.1', 'crm.amocrm.ru', code)).toBe(true);
  });
});
