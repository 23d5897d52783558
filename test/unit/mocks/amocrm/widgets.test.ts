import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { crmAs, type Asking } from '../ask.ts';
import { told, tokenAnswer } from '../../told.ts';

const form = (fields: Record<string, string>): Asking => ({ body: new URLSearchParams(fields) });

const route = ({ crm }: World): string =>
  `GET /ajax/v2/integrations/${crm.integration.uuid}/disposable_token`;
const asPage: Asking = { headers: { 'X-Requested-With': 'XMLHttpRequest' } };

describe('the one-time token', () => {
  it.each([
    [ADMIN, true],
    [SELLER_A, false],
  ])('names employee %i, and is signed for half an hour of the world’s time', async (person, isAdmin) => {
    const world = createWorld({ clock: standingClock() });
    const answer = await crmAs(world, person)(route(world), asPage);
    const { token } = await told(answer, tokenAnswer);
    const { payload, protectedHeader } = await jwtVerify(
      token,
      new TextEncoder().encode(world.crm.integration.secret),
      { currentDate: new Date(world.clock.now()) },
    );
    const now = world.clock.now() / 1000;
    expect(protectedHeader.alg).toBe('HS256');
    expect(payload).toMatchObject({
      iss: world.crm.account.origin,
      aud: world.options.gatewayOrigin,
      user_id: person,
      is_admin: isAdmin,
      account_id: world.crm.account.id,
      subdomain: 'crm',
      client_uuid: world.crm.integration.uuid,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: now,
      nbf: now,
      exp: now + 1800,
    });
  });

  it('is refused without the header that jQuery sends, and for another integration', async () => {
    const world = createWorld();
    expect((await crmAs(world, ADMIN)(route(world))).status).toBe(400);
    expect((await crmAs(world, ADMIN)('GET /ajax/v2/integrations/1/disposable_token', asPage)).status).toBe(
      404,
    );
  });
});

describe('the widget list', () => {
  it('describes the package as the page loads it', async () => {
    const world = createWorld({ language: 'en' });
    world.crm.integration.version = '1.2.3';
    world.crm.integration.fields = { custom: '{"v":1}' };
    const answer = await crmAs(world, SELLER_A)('POST /ajax/widgets/list', form({ area: 'contacts_card' }));
    expect(await answer.json()).toMatchObject({
      widgets: {
        crm_chat_roles: {
          src: '/upl/crm_chat_roles/widget/script.js',
          lang: '/upl/crm_chat_roles/widget/i18n/en.json',
          path: '/upl/crm_chat_roles/widget',
          installed_version: '1.2.3',
          init_once: 'N',
          active: 'N',
          status: 'install',
          settings: '{"custom":"{\\"v\\":1}"}',
          oauth_client_uuid: world.crm.integration.uuid,
        },
      },
      system: {
        area: 'ccard',
        amouser_id: String(SELLER_A),
        subdomain: 'crm',
        server: world.crm.account.origin,
      },
    });
  });
});

const save = (world: World, person: number, action: string, fields?: unknown): Promise<Response> =>
  crmAs(world, person)(
    'POST /ajax/widgets/crm_chat_roles',
    form({ action, ...(fields === undefined ? {} : { fields: JSON.stringify(fields) }) }),
  );

describe('own settings', () => {
  it('are installed, saved and switched off by an administrator', async () => {
    const world = createWorld();
    const { integration } = world.crm;
    await save(world, ADMIN, 'install');
    expect(integration).toMatchObject({ status: 'installed', active: true, fields: {} });
    await save(world, ADMIN, 'save', { custom: '{"v":1}' });
    expect(integration).toMatchObject({ status: 'installed', active: true, fields: { custom: '{"v":1}' } });
    await save(world, ADMIN, 'disable');
    expect(integration).toMatchObject({ active: false, fields: { custom: '{"v":1}' } });
  });

  it('are refused to other employees', async () => {
    const world = createWorld();
    expect((await save(world, SELLER_A, 'install')).status).toBe(403);
    expect(world.crm.integration.active).toBe(false);
  });

  it('refuse fields that are not strings', async () => {
    expect((await save(createWorld(), ADMIN, 'save', { custom: 1 })).status).toBe(400);
  });
});
