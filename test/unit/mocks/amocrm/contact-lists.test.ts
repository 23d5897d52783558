import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { told } from '../../told.ts';
import { crmAs, json } from '../ask.ts';

describe('GET /api/v4/contacts', () => {
  it.each(['filter[id][]=A&filter[id][]=B', 'filter[id][0]=A&filter[id][1]=B', 'filter[id]=A,B'])(
    'finds contacts by %s with all their fields',
    async query => {
      const world = createWorld();
      const a = world.crm.addContact('Anna', ['+7 916 000-00-01'], SELLER_A);
      const b = world.crm.addContact('Boris', [], NOBODY);
      world.crm.addContact('Clara', [], NOBODY);
      const asked = query.replace('A', String(a.id)).replace('B', String(b.id));
      const answer = await crmAs(world, SELLER_A)(`GET /api/v4/contacts?${asked}&limit=250`);
      expect(await answer.json()).toMatchObject({
        _page: 1,
        _embedded: {
          contacts: [
            { id: a.id, responsible_user_id: SELLER_A, custom_fields_values: [{ field_code: 'PHONE' }] },
            { id: b.id, responsible_user_id: NOBODY, custom_fields_values: null },
          ],
        },
      });
    },
  );

  it('includes their deals on request', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    const lead = world.crm.addLead('Doors', [id], SELLER_A);
    const ask = crmAs(world, SELLER_A);
    const plain = await ask(`GET /api/v4/contacts?filter[id][]=${id}`);
    expect(await plain.text()).not.toContain('leads');
    const answer = await ask(`GET /api/v4/contacts?filter[id][]=${id}&with=leads`);
    expect(await answer.json()).toMatchObject({
      _embedded: { contacts: [{ id, _embedded: { leads: [{ id: lead.id }] } }] },
    });
  });

  it('leaves out deleted and hidden contacts, and answers 204 when none is left', async () => {
    const world = createWorld();
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.contacts.view = 'M';
    const deleted = world.crm.addContact('Gone', [], SELLER_A);
    deleted.isDeleted = true;
    const hidden = world.crm.addContact("A colleague's", [], SELLER_B);
    const answer = await crmAs(
      world,
      SELLER_A,
    )(`GET /api/v4/contacts?filter[id][]=${deleted.id}&filter[id][]=${hidden.id}`);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('comes in pages of at most 250', async () => {
    const world = createWorld();
    for (let at = 0; at < 3; at += 1) world.crm.addContact('Anna', [], NOBODY);
    const ask = crmAs(world, SELLER_A);
    expect(await (await ask('GET /api/v4/contacts?limit=2')).json()).toMatchObject({
      _links: { next: { href: expect.stringContaining('page=2') } },
    });
    expect((await ask('GET /api/v4/contacts?limit=251')).status).toBe(422);
  });
});

const give = (world: World, ids: readonly number[], to = SELLER_A): Promise<Response> =>
  crmAs(world, SELLER_A)(
    'PATCH /api/v4/contacts',
    json(ids.map((id, at) => ({ id, responsible_user_id: to, request_id: `r${at}` }))),
  );

describe('PATCH /api/v4/contacts', () => {
  it('changes the responsible of each contact, and answers by request_id without the responsible', async () => {
    const world = createWorld();
    const a = world.crm.addContact('Anna', [], NOBODY);
    const b = world.crm.addContact('Boris', [], NOBODY);
    const answer = await give(world, [a.id, b.id]);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      _embedded: {
        contacts: [
          { id: a.id, name: 'Anna', request_id: 'r0' },
          { id: b.id, name: 'Boris', request_id: 'r1' },
        ],
      },
    });
    expect(text).not.toContain('responsible');
    expect(world.crm.ownerChanges.map(({ entityId, after }) => [entityId, after])).toEqual([
      [a.id, SELLER_A],
      [b.id, SELLER_A],
    ]);
  });

  it('refuses the whole list for a missing contact or an unknown responsible', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    const gone = await give(world, [id, 1]);
    expect([gone.status, await gone.json()]).toMatchObject([
      400,
      { 'validation-errors': [{ request_id: 'r1', errors: [{ path: 'id' }] }] },
    ]);
    const unknown = await give(world, [id], 404_404);
    expect(await unknown.json()).toMatchObject({
      'validation-errors': [{ errors: [{ path: 'responsible_user_id', code: 'NotSupportedChoice' }] }],
    });
    expect(world.crm.contacts.get(id)?.responsibleUserId).toBe(NOBODY);
  });

  it.each([
    ['others-changed', SELLER_A],
    ['nothing-changed', NOBODY],
  ] as const)(
    'answers 244 for the list when the employee may not change one contact: %s',
    async (refusedBatch, owner) => {
      const world = createWorld();
      world.oddities.refusedBatch = refusedBatch;
      const seller = world.crm.users.get(SELLER_A);
      if (seller) seller.contacts.edit = 'G';
      const supporter = world.crm.users.get(SELLER_B);
      if (supporter) supporter.groupId = 493_002;
      const free = world.crm.addContact('Anna', [], NOBODY);
      const foreign = world.crm.addContact('Boris', [], SELLER_B);
      const answer = await give(world, [free.id, foreign.id]);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('244');
      expect([free.responsibleUserId, foreign.responsibleUserId]).toEqual([owner, SELLER_B]);
    },
  );

  it.each([
    ['one contact that is not in a list', { id: 1, responsible_user_id: SELLER_A }, 400],
    ['an empty list', [], 400],
    ['251 contacts', Array.from({ length: 251 }, (_, id) => ({ id, responsible_user_id: SELLER_A })), 422],
  ])('refuses %s', async (_what, body, status) => {
    expect((await crmAs(createWorld(), SELLER_A)('PATCH /api/v4/contacts', json(body))).status).toBe(status);
  });
});

const namesFor = async (world: World, query: string): Promise<string[]> => {
  const answer = await crmAs(world, SELLER_A)(`GET /api/v4/contacts?${query}`);
  return answer.status === 204 ? [] : told(answer, names);
};
const names = v.pipe(
  v.object({ _embedded: v.object({ contacts: v.array(v.object({ name: v.string() })) }) }),
  v.transform(({ _embedded: { contacts } }) => contacts.map(({ name }) => name)),
);

describe('a list of contacts', () => {
  it('is sorted, searched and filtered as the query asks', async () => {
    const world = createWorld({ clock: standingClock() });
    const anna = world.crm.addContact('Anna', ['+7 (916) 000-00-01'], SELLER_A);
    world.crm.addContact('Boris', [], NOBODY);
    const start = anna.updatedAt;
    world.clock.advance(60_000);
    world.crm.changeContact(SELLER_A, anna.id, { emails: ['a@example.com'] });
    expect(await namesFor(world, 'order[updated_at]=asc')).toEqual(['Boris', 'Anna']);
    expect(await namesFor(world, 'order[id]=desc')).toEqual(['Boris', 'Anna']);
    for (const words of ['ANN', '79160000001', '(916)', 'a@exam']) {
      expect(await namesFor(world, `query=${encodeURIComponent(words)}`)).toEqual(['Anna']);
    }
    expect(await namesFor(world, 'query=nobody')).toEqual([]);
    expect(await namesFor(world, `filter[responsible_user_id]=${NOBODY}`)).toEqual(['Boris']);
    expect(await namesFor(world, `filter[updated_at][from]=${start + 1}`)).toEqual(['Anna']);
    expect(await namesFor(world, `filter[updated_at][to]=${start}`)).toEqual(['Boris']);
  });

  it('ignores filters in an account without the paid option, which the account’s answer shows', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    world.crm.addContact('Boris', [], NOBODY);
    const enabled = async (): Promise<unknown> =>
      (await crmAs(world, SELLER_A)('GET /api/v4/account?with=is_api_filter_enabled')).json();
    expect(await enabled()).toMatchObject({ is_api_filter_enabled: true });
    expect(await namesFor(world, `filter[id][]=${id}`)).toEqual(['Anna']);
    world.crm.account.filtersLists = false;
    expect(await enabled()).toMatchObject({ is_api_filter_enabled: false });
    expect(await namesFor(world, `filter[id][]=${id}`)).toEqual(['Anna', 'Boris']);
  });

  it('has fifty contacts a page by default, with links to the neighbouring pages', async () => {
    const world = createWorld();
    for (let at = 0; at < 120; at += 1) world.crm.addContact(`Client ${at}`, [], NOBODY);
    expect(await namesFor(world, '')).toHaveLength(50);
    const page = async (number: number): Promise<unknown> =>
      (await crmAs(world, SELLER_A)(`GET /api/v4/contacts?page=${number}`)).json();
    const to = (number: number): unknown => ({ href: expect.stringContaining(`page=${number}&limit=50`) });
    expect(await page(1)).toHaveProperty('_links', { self: to(1), next: to(2) });
    expect(await page(2)).toHaveProperty('_links', { self: to(2), next: to(3), first: to(1), prev: to(1) });
    expect(await page(3)).toHaveProperty('_links', { self: to(3), first: to(1), prev: to(2) });
    const ask = crmAs(world, SELLER_A);
    for (const wrong of ['-1', '0', '1.5', 'last']) {
      expect((await ask(`GET /api/v4/contacts?page=${wrong}`)).status).toBe(400);
    }
    for (const wrong of ['0', '-5', 'all', '251']) {
      expect((await ask(`GET /api/v4/contacts?limit=${wrong}`)).status).toBe(422);
    }
  });

  it('can have names and phones changed as well as owners', async () => {
    const world = createWorld();
    const a = world.crm.addContact('Anna', [], NOBODY);
    const b = world.crm.addContact('Boris', [], NOBODY);
    const rows = [
      { id: a.id, name: 'Alla', responsible_user_id: SELLER_A },
      { id: b.id, custom_fields_values: [{ field_id: 1, values: [{ value: '8 800' }] }] },
    ];
    const answer = await crmAs(world, SELLER_A)('PATCH /api/v4/contacts', json(rows));
    expect(await answer.json()).toMatchObject({
      _embedded: {
        contacts: [
          { id: a.id, name: 'Alla' },
          { id: b.id, name: 'Boris' },
        ],
      },
    });
    expect([a.name, a.responsibleUserId, b.phones, b.responsibleUserId]).toEqual([
      'Alla',
      SELLER_A,
      ['8 800'],
      NOBODY,
    ]);
  });
});
