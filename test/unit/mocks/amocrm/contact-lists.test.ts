import { describe, expect, it } from 'vitest';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { crmAs, json } from '../ask.ts';

describe('GET /api/v4/contacts', () => {
  it.each(['filter[id][]=A&filter[id][]=B', 'filter[id][0]=A&filter[id][1]=B', 'filter[id]=A,B'])(
    'finds contacts by %s, whole',
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

  it('tells their deals when asked', async () => {
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

  it('leaves out what is deleted or hidden, and is empty when nothing is left', async () => {
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
      _links: { next: { href: expect.stringContaining('page=2') as string } },
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
  it('gives each contact away and answers it by its request_id, without telling its responsible', async () => {
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

  it('refuses the whole list for one that is gone or a responsible who is unknown', async () => {
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
  ] as const)('answers 244 for the list when one is not his to give: %s', async (refusedBatch, owner) => {
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
  });

  it.each([
    ['one contact alone', { id: 1, responsible_user_id: SELLER_A }, 400],
    ['an empty list', [], 400],
    ['251', Array.from({ length: 251 }, (_, id) => ({ id, responsible_user_id: SELLER_A })), 422],
  ])('refuses %s', async (_what, body, status) => {
    expect((await crmAs(createWorld(), SELLER_A)('PATCH /api/v4/contacts', json(body))).status).toBe(status);
  });
});
