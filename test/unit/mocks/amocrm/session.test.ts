import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { createWorld } from '../../../world/world.ts';
import { crmAs } from '../ask.ts';

const ROUTES = [
  'GET /api/v4/account',
  'GET /api/v4/users',
  'GET /api/v4/leads/pipelines',
  'GET /api/v4/contacts/1',
  'PATCH /api/v4/contacts/1',
  'GET /api/v4/leads',
  'PATCH /api/v4/leads',
  'GET /api/v4/events',
  'GET /ajax/v2/integrations/0b0123f4-d123-4123-9123-e09f123456c1/disposable_token',
  'POST /ajax/widgets/list',
  'POST /ajax/widgets/crm_chat_roles',
];

describe('a session of the CRM', () => {
  it.each(ROUTES)('%s answers 401 when nobody is logged in', async route => {
    const answer = await crmAs(createWorld(), undefined)(route);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  });

  it('ends when its employee is deactivated', async () => {
    const world = createWorld();
    const ask = crmAs(world, SELLER_A);
    expect((await ask('GET /api/v4/account')).status).toBe(200);
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.isActive = false;
    expect((await ask('GET /api/v4/account')).status).toBe(401);
  });

  it('names its employee, and the groups on request', async () => {
    const ask = crmAs(createWorld(), SELLER_A);
    const plain: unknown = await (await ask('GET /api/v4/account')).json();
    expect(plain).toMatchObject({ current_user_id: SELLER_A, subdomain: 'crm' });
    expect(plain).not.toHaveProperty('_embedded');
    expect(await (await ask('GET /api/v4/account?with=users_groups')).json()).toMatchObject({
      _embedded: {
        users_groups: [
          { id: 0, name: 'Отдел продаж' },
          { id: 493_002, name: 'Поддержка' },
        ],
      },
    });
  });
});

describe('the limit of seven requests a second', () => {
  it('is off by default', async () => {
    const ask = crmAs(createWorld({ clock: standingClock() }), ADMIN);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('GET /api/v4/account')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('refuses the eighth request with the wait time in the body, and accepts requests again a second later', async () => {
    const world = createWorld({ clock: standingClock(), crmLimiter: true });
    const ask = crmAs(world, ADMIN);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('GET /api/v4/account')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
    expect(answers[7]?.headers.has('Retry-After')).toBe(false);
    expect(await answers[7]?.json()).toMatchObject({ title: 'Too Many Requests', retry_after: 1 });
    world.clock.advance(999);
    expect((await ask('GET /api/v4/account')).status).toBe(429);
    world.clock.advance(1);
    expect((await ask('GET /api/v4/account')).status).toBe(200);
  });
});

describe('GET /api/v4/leads/pipelines', () => {
  it('lists the stages for every employee, with the same two final stages in each pipeline', async () => {
    const answer = await crmAs(createWorld(), SELLER_A)('GET /api/v4/leads/pipelines');
    expect(await answer.json()).toMatchObject({
      _embedded: {
        pipelines: [
          {
            id: 3_177_727,
            is_main: true,
            _embedded: { statuses: [{ id: 32_392_156 }, { id: 142 }, { id: 143 }] },
          },
        ],
      },
    });
  });
});

it('the account includes the requested parts', async () => {
  const ask = crmAs(createWorld({ language: 'en' }), SELLER_A);
  const asked = 'amojo_id,uuid,version,is_api_filter_enabled,users_groups,task_types';
  expect(await (await ask(`GET /api/v4/account?with=${asked}`)).json()).toMatchObject({
    amojo_id: expect.any(String),
    uuid: expect.any(String),
    version: expect.any(Number),
    is_api_filter_enabled: true,
    _embedded: { users_groups: [{ id: 0 }, {}], task_types: [{ id: 1, name: 'Follow-up' }, { id: 2 }] },
  });
});
