import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { createWorld } from '../../../world/world.ts';
import { crmAs } from '../ask.ts';
import { told } from '../../told.ts';

const usersPage = v.pipe(
  v.object({
    _total_items: v.number(),
    _page: v.number(),
    _page_count: v.number(),
    _links: v.object({
      self: v.object({ href: v.string() }),
      next: v.optional(v.object({ href: v.string() })),
    }),
    _embedded: v.object({ users: v.array(v.looseObject({ id: v.number() })) }),
  }),
  v.transform(
    ({ _total_items: total, _page: page, _page_count: count, _links: links, _embedded: { users } }) => ({
      place: [page, count, total],
      next: links.next?.href,
      users,
    }),
  ),
);

describe('GET /api/v4/users', () => {
  it('is for administrators only', async () => {
    const answer = await crmAs(createWorld(), SELLER_A)('GET /api/v4/users');
    expect(answer.status).toBe(403);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ title: 'Forbidden', status: 403 });
  });

  it('comes in pages of at most 250 that together have everybody once', async () => {
    const ask = crmAs(createWorld({ size: 600 }), ADMIN);
    const pages = await Promise.all(
      [1, 2, 3].map(async at => told(await ask(`GET /api/v4/users?page=${at}&limit=250`), usersPage)),
    );
    expect(pages.map(page => page.users.length)).toEqual([250, 250, 100]);
    expect(pages.map(({ place }) => place)).toEqual([
      [1, 3, 600],
      [2, 3, 600],
      [3, 3, 600],
    ]);
    expect(pages.map(({ next }) => next !== undefined)).toEqual([true, true, false]);
    expect(new Set(pages.flatMap(page => page.users.map(({ id }) => id))).size).toBe(600);
  });

  it('links to the next page', async () => {
    const ask = crmAs(createWorld({ size: 300 }), ADMIN);
    const first = await told(await ask('GET /api/v4/users?limit=250&with=group'), usersPage);
    const { pathname, search } = new URL(first.next ?? '');
    const second = await told(await ask(`GET ${pathname}${search}`), usersPage);
    expect(second.users.map(({ id }) => id)).toContain(ADMIN + 299);
  });

  it('answers 204 past the end', async () => {
    const answer = await crmAs(createWorld(), ADMIN)('GET /api/v4/users?page=2&limit=250');
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('refuses a page that is too long', async () => {
    expect((await crmAs(createWorld(), ADMIN)('GET /api/v4/users?limit=251')).status).toBe(422);
  });

  it('lists rights, null for the default group, and related objects on request', async () => {
    const world = createWorld({ size: 7 });
    const seller = world.crm.users.get(SELLER_A);
    if (seller) Object.assign(seller, { contacts: { view: 'G', edit: 'M' }, isFree: true });
    const ask = crmAs(world, ADMIN);
    const plain = await told(await ask('GET /api/v4/users'), usersPage);
    const [, a] = plain.users;
    expect(a).toMatchObject({
      rights: {
        contacts: { view: 'G', edit: 'M' },
        is_admin: false,
        is_free: true,
        is_active: true,
        group_id: null,
      },
    });
    expect(a).not.toHaveProperty('_embedded');
    const related = await told(await ask('GET /api/v4/users?with=role,group'), usersPage);
    expect(related.users.at(-1)).toMatchObject({
      rights: { group_id: 493_002 },
      _embedded: { groups: [{ id: 493_002, name: 'Поддержка' }], roles: [] },
    });
  });

  it('does not escape names', async () => {
    const world = createWorld();
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.name = "Tom & Jerry <O'Neil>";
    const page = await told(await crmAs(world, ADMIN)('GET /api/v4/users'), usersPage);
    expect(page.users[1]).toMatchObject({ name: "Tom & Jerry <O'Neil>" });
  });
});

describe('GET /api/v4/users/:id', () => {
  it('shows one employee to admins only, with the requested fields', async () => {
    const world = createWorld();
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.phone = '+7 916 000-00-02';
    const asked = `GET /api/v4/users/${SELLER_A}?with=uuid,amojo_id,user_rank,phone_number`;
    expect(await (await crmAs(world, ADMIN)(asked)).json()).toMatchObject({
      id: SELLER_A,
      rights: { is_active: true },
      uuid: expect.any(String),
      amojo_id: expect.any(String),
      user_rank: expect.any(String),
      phone_number: '+7 916 000-00-02',
    });
    expect((await crmAs(world, SELLER_A)(asked)).status).toBe(403);
    expect((await crmAs(world, ADMIN)('GET /api/v4/users/1')).status).toBe(404);
  });
});
