import { describe, expect, it } from 'vitest';
import { seconds, standingClock } from '../../../world/clock.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld } from '../../../world/world.ts';
import { crmAs, json } from '../ask.ts';

describe('GET /api/v4/leads', () => {
  it.each(['filter[id][]=A&filter[id][]=B', 'filter[id][0]=A&filter[id][1]=B', 'filter[id]=A,B'])(
    'finds deals by %s',
    async query => {
      const world = createWorld();
      const a = world.crm.addLead('Doors', [], SELLER_A);
      const b = world.crm.addLead('Windows', [], SELLER_B);
      world.crm.addLead('Roofs', [], SELLER_B);
      const asked = query.replace('A', String(a.id)).replace('B', String(b.id));
      const answer = await crmAs(world, SELLER_A)(`GET /api/v4/leads?${asked}&limit=250`);
      expect(await answer.json()).toMatchObject({
        _embedded: {
          leads: [
            {
              id: a.id,
              name: 'Doors',
              responsible_user_id: SELLER_A,
              status_id: 32_392_156,
              closed_at: null,
            },
            { id: b.id, name: 'Windows', responsible_user_id: SELLER_B },
          ],
        },
      });
    },
  );

  it('answers 204 when it finds none', async () => {
    const answer = await crmAs(createWorld(), SELLER_A)('GET /api/v4/leads?filter[id][]=1');
    expect(answer.status).toBe(204);
  });
});

describe('GET /api/v4/leads/:id', () => {
  it('includes its contacts on request, the main one first', async () => {
    const world = createWorld();
    const main = world.crm.addContact('Anna', [], NOBODY);
    const other = world.crm.addContact('Boris', [], SELLER_B);
    const gone = world.crm.addContact('Clara', [], NOBODY);
    world.crm.deleteContact(SELLER_A, gone.id);
    const lead = world.crm.addLead('Doors', [main.id, gone.id, other.id], SELLER_A);
    const ask = crmAs(world, SELLER_A);
    const plain = await ask(`GET /api/v4/leads/${lead.id}`);
    expect(await plain.text()).not.toContain('contacts');
    const answer = await ask(`GET /api/v4/leads/${lead.id}?with=contacts`);
    expect(await answer.json()).toMatchObject({
      id: lead.id,
      name: 'Doors',
      responsible_user_id: SELLER_A,
      _embedded: {
        contacts: [
          { id: main.id, is_main: true },
          { id: other.id, is_main: false },
        ],
      },
    });
  });

  it('answers the same for a missing, a deleted and a hidden deal', async () => {
    const world = createWorld();
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.leads = { view: 'M', edit: 'M' };
    const deleted = world.crm.addLead('Gone', [], SELLER_A);
    deleted.isDeleted = true;
    const hidden = world.crm.addLead("A colleague's", [], SELLER_B);
    for (const id of [1, deleted.id, hidden.id]) {
      const answer = await crmAs(world, SELLER_A)(`GET /api/v4/leads/${id}?with=contacts`);
      expect([answer.status, await answer.text()]).toEqual([204, '']);
    }
  });

  it('has the time of closing, or null while the deal is open', async () => {
    const world = createWorld({ clock: standingClock() });
    const lead = world.crm.addLead('Doors', [], SELLER_A);
    const now = async (): Promise<unknown> =>
      (await crmAs(world, SELLER_A)(`GET /api/v4/leads/${lead.id}`)).json();
    world.crm.moveLead(SELLER_A, lead.id, 142);
    expect(await now()).toMatchObject({ status_id: 142, closed_at: seconds(world.clock), is_deleted: false });
    world.crm.moveLead(SELLER_A, lead.id, 32_392_156);
    expect(await now()).toMatchObject({ status_id: 32_392_156, closed_at: null });
  });
});

describe('PATCH /api/v4/leads', () => {
  it('moves a batch and answers each deal by its request_id', async () => {
    const world = createWorld();
    const a = world.crm.addLead('Doors', [], NOBODY);
    const b = world.crm.addLead('Windows', [], NOBODY);
    const answer = await crmAs(world, SELLER_A)(
      'PATCH /api/v4/leads',
      json([
        { id: a.id, responsible_user_id: SELLER_A, request_id: 'first' },
        { id: b.id, responsible_user_id: SELLER_A },
      ]),
    );
    expect(await answer.json()).toMatchObject({
      _embedded: {
        leads: [
          { id: a.id, request_id: 'first' },
          { id: b.id, request_id: '1' },
        ],
      },
    });
    expect([a, b].map(({ responsibleUserId }) => responsibleUserId)).toEqual([SELLER_A, SELLER_A]);
  });

  it('refuses the whole batch for one wrong deal', async () => {
    const world = createWorld();
    const lead = world.crm.addLead('Doors', [], NOBODY);
    const answer = await crmAs(world, SELLER_A)(
      'PATCH /api/v4/leads',
      json([
        { id: lead.id, responsible_user_id: SELLER_A },
        { id: lead.id, responsible_user_id: 404_404 },
        { id: 1, responsible_user_id: SELLER_A, request_id: 'gone' },
      ]),
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      'validation-errors': [
        { request_id: '1', errors: [{ path: 'responsible_user_id', code: 'NotSupportedChoice' }] },
        { request_id: 'gone', errors: [{ path: 'id' }] },
      ],
    });
    expect(lead.responsibleUserId).toBe(NOBODY);
  });

  it('answers 244 when the employee may not change the deal', async () => {
    const world = createWorld();
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.contacts.edit = 'M';
    const lead = world.crm.addLead('Doors', [], SELLER_B);
    const answer = await crmAs(world, SELLER_A)(
      'PATCH /api/v4/leads',
      json([{ id: lead.id, responsible_user_id: SELLER_A }]),
    );
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('244');
    expect(lead.responsibleUserId).toBe(SELLER_B);
  });

  it('follows the rights to deals, which may differ from those to contacts', async () => {
    const world = createWorld();
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.leads = { view: 'A', edit: 'M' };
    const { id } = world.crm.addContact('Anna', [], SELLER_B);
    const lead = world.crm.addLead('Doors', [id], SELLER_B);
    const ask = crmAs(world, SELLER_A);
    const to = { responsible_user_id: SELLER_A };
    expect((await ask(`PATCH /api/v4/contacts/${id}`, json(to))).status).toBe(200);
    expect((await ask('PATCH /api/v4/leads', json([{ id: lead.id, ...to }]))).status).toBe(400);
  });

  it.each([
    ['a single deal', { id: 1, responsible_user_id: SELLER_A }, 400],
    ['nothing', [], 400],
    ['251 deals', Array.from({ length: 251 }, (_, id) => ({ id, responsible_user_id: SELLER_A })), 422],
  ])('refuses %s', async (_what, body, status) => {
    expect((await crmAs(createWorld(), SELLER_A)('PATCH /api/v4/leads', json(body))).status).toBe(status);
  });
});

describe('a deal', () => {
  it('has its contacts and its dates in a list too', async () => {
    const world = createWorld({ clock: standingClock() });
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    const lead = world.crm.addLead('Doors', [id], SELLER_A, SELLER_B);
    world.clock.advance(60_000);
    world.crm.moveLead(SELLER_A, lead.id, 142);
    const ask = crmAs(world, SELLER_A);
    expect(
      await (await ask('GET /api/v4/leads?with=contacts&query=door&order[created_at]=desc')).json(),
    ).toMatchObject({
      _embedded: {
        leads: [
          {
            id: lead.id,
            created_by: SELLER_B,
            updated_by: SELLER_A,
            created_at: seconds(world.clock) - 60,
            updated_at: seconds(world.clock),
            custom_fields_values: null,
            closest_task_at: null,
            _embedded: { tags: [], companies: [], contacts: [{ id, is_main: true }] },
          },
        ],
      },
    });
    const plain = await ask(`GET /api/v4/leads?filter[id]=${lead.id}`);
    expect(await plain.text()).not.toContain('contacts');
  });

  it('can get a name, a price and a stage that exists in its pipeline', async () => {
    const world = createWorld();
    const lead = world.crm.addLead('Doors', [], SELLER_A);
    const patch = async (body: object): Promise<number> =>
      (await crmAs(world, SELLER_A)(`PATCH /api/v4/leads/${lead.id}`, json(body))).status;
    expect(await patch({ name: 'Windows', price: 500, status_id: 143 })).toBe(200);
    expect(lead).toMatchObject({ name: 'Windows', price: 500, statusId: 143 });
    expect(lead.closedAt).not.toBeNull();
    expect(await patch({ status_id: 7 })).toBe(400);
    expect(await patch({ pipeline_id: 7 })).toBe(400);
    expect(await patch({})).toBe(400);
    expect((await crmAs(world, SELLER_A)('PATCH /api/v4/leads/1', json({ name: 'x' }))).status).toBe(404);
    expect(lead.statusId).toBe(143);
  });
});
