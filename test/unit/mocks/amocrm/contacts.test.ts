import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import type { Access } from '../../../world/crm.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { crmAs, json } from '../ask.ts';

/** This employee is in another group than the first five. */
const SUPPORTER = ADMIN + 6;

function worldWith(right: 'view' | 'edit', access: Access): World {
  const world = createWorld({ size: 8, clock: standingClock() });
  const seller = world.crm.users.get(SELLER_A);
  if (seller) seller.contacts[right] = access;
  return world;
}

describe('GET /api/v4/contacts/:id', () => {
  it('answers with the responsible and the phones', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna <b>', ['+7 916 000-00-01', '8 (916) 000-00-02'], NOBODY);
    const answer = await crmAs(world, SELLER_A)(`GET /api/v4/contacts/${id}`);
    expect(answer.headers.get('Content-Type')).toBe('application/hal+json');
    const contact: unknown = await answer.json();
    expect(contact).toMatchObject({
      id,
      name: 'Anna <b>',
      responsible_user_id: NOBODY,
      custom_fields_values: [
        { field_code: 'PHONE', values: [{ value: '+7 916 000-00-01' }, { value: '8 (916) 000-00-02' }] },
      ],
    });
    expect(contact).not.toHaveProperty('_embedded.leads');
  });

  it('answers with the deals on request, and with null for no phones', async () => {
    const world = createWorld();
    const contact = world.crm.addContact('Anna', [], NOBODY);
    const lead = world.crm.addLead('Doors', [contact.id], SELLER_A);
    world.crm.addLead("Somebody else's", [], SELLER_A);
    const answer = await crmAs(world, SELLER_A)(`GET /api/v4/contacts/${contact.id}?with=leads`);
    expect(await answer.json()).toMatchObject({
      custom_fields_values: null,
      _embedded: { leads: [{ id: lead.id }] },
    });
  });

  it('answers the same for a missing, a deleted and a hidden contact', async () => {
    const world = worldWith('view', 'M');
    const deleted = world.crm.addContact('Gone', [], SELLER_A);
    deleted.isDeleted = true;
    const hidden = world.crm.addContact("A colleague's", [], SELLER_B);
    for (const id of [1, deleted.id, hidden.id]) {
      const answer = await crmAs(world, SELLER_A)(`GET /api/v4/contacts/${id}`);
      expect([answer.status, await answer.text()]).toEqual([204, '']);
    }
  });
});

const give = (world: World, id: number, to: unknown, as = SELLER_A): Promise<Response> =>
  crmAs(world, as)(`PATCH /api/v4/contacts/${id}`, json({ responsible_user_id: to }));

describe('PATCH /api/v4/contacts/:id', () => {
  it.each([
    ['plain', (id: number) => ({ id, name: 'Anna', updated_at: 1_793_610_060 })],
    [
      'embedded',
      (id: number) => ({ _embedded: { contacts: [{ id, name: 'Anna', updated_at: 1_793_610_060 }] } }),
    ],
  ] as const)('changes the responsible; the answer is %s and does not name them', async (shape, expected) => {
    const world = createWorld({ clock: standingClock() });
    world.oddities.patchAnswer = shape;
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    world.clock.advance(60_000);
    const answer = await give(world, id, SELLER_A);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject(expected(id));
    expect(text).not.toContain('responsible');
    expect(world.crm.contacts.get(id)?.responsibleUserId).toBe(SELLER_A);
    expect(world.crm.ownerChanges).toMatchObject([{ before: NOBODY, after: SELLER_A, createdBy: SELLER_A }]);
  });

  it.each<[Access, number, boolean]>([
    ['A', SELLER_B, true],
    ['A', SUPPORTER, true],
    ['G', SELLER_B, true],
    ['G', SUPPORTER, false],
    ['M', SELLER_B, false],
    ['M', SELLER_A, true],
    ['D', SELLER_A, false],
  ])('with the right "%s" for a contact of %i is allowed: %s', async (access, owner, allowed) => {
    const world = worldWith('edit', access);
    const { id } = world.crm.addContact('Anna', [], owner);
    const answer = await give(world, id, NOBODY);
    expect(answer.status).toBe(allowed ? 200 : 400);
    expect((await answer.text()).includes('Код ошибки 244')).toBe(!allowed);
    expect(world.crm.contacts.get(id)?.responsibleUserId).toBe(allowed ? NOBODY : owner);
  });

  it('is allowed to an administrator without any rights set', async () => {
    const world = createWorld();
    const admin = world.crm.users.get(ADMIN);
    if (admin) admin.contacts = { view: 'D', edit: 'D' };
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    expect((await give(world, id, SELLER_A, ADMIN)).status).toBe(200);
  });

  it.each([
    ['unknown', 404_404],
    ['deactivated', ADMIN + 15],
  ])('refuses an %s responsible', async (_who, to) => {
    const world = createWorld({ size: 20 });
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    const answer = await give(world, id, to);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      'validation-errors': [
        { request_id: '0', errors: [{ code: 'NotSupportedChoice', path: 'responsible_user_id' }] },
      ],
    });
    expect(world.crm.contacts.get(id)?.responsibleUserId).toBe(NOBODY);
  });

  it('refuses a body that repeats a deleted author', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    const answer = await crmAs(world, SELLER_A)(
      `PATCH /api/v4/contacts/${id}`,
      json({ responsible_user_id: SELLER_A, created_by: 404_404 }),
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      'validation-errors': [{ errors: [{ path: 'created_by' }] }],
    });
  });

  it.each([
    ['a list', [{ responsible_user_id: SELLER_A }], 405],
    ['nothing', {}, 400],
  ])('refuses %s', async (_what, body, status) => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    expect((await crmAs(world, SELLER_A)(`PATCH /api/v4/contacts/${id}`, json(body))).status).toBe(status);
  });

  it('does not find a hidden contact', async () => {
    const world = worldWith('view', 'M');
    const { id } = world.crm.addContact("A colleague's", [], SELLER_B);
    expect((await give(world, id, SELLER_A)).status).toBe(404);
  });

  it('leaves no event when nothing changes', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], SELLER_A);
    expect((await give(world, id, SELLER_A)).status).toBe(200);
    expect(world.crm.ownerChanges).toEqual([]);
  });
});

const change = async (world: World, id: number, body: unknown, as = SELLER_A): Promise<number> =>
  (await crmAs(world, as)(`PATCH /api/v4/contacts/${id}`, json(body))).status;

describe('other changes of a contact', () => {
  it('set the name, phones and e-mails by field, and tags; other fields stay', async () => {
    const world = createWorld();
    const contact = world.crm.addContact('Anna', ['+7 916 000-00-01'], NOBODY);
    const email = { field_code: 'EMAIL', values: [{ value: 'a@example.com', enum_code: 'WORK' }] };
    const body = { name: 'Boris', custom_fields_values: [email], _embedded: { tags: [{ name: 'vip' }] } };
    expect(await change(world, contact.id, body)).toBe(200);
    expect(await (await crmAs(world, SELLER_A)(`GET /api/v4/contacts/${contact.id}`)).json()).toMatchObject({
      name: 'Boris',
      responsible_user_id: NOBODY,
      updated_by: SELLER_A,
      custom_fields_values: [
        { field_code: 'PHONE', values: [{ value: '+7 916 000-00-01' }] },
        { field_code: 'EMAIL', values: [{ value: 'a@example.com' }] },
      ],
      _embedded: { tags: [{ name: 'vip' }] },
    });
    expect(
      await change(world, contact.id, { tags_to_add: [{ name: 'new' }], tags_to_delete: [{ name: 'vip' }] }),
    ).toBe(200);
    expect(contact.tags.map(({ name }) => name)).toEqual(['new']);
    expect(world.crm.ownerChanges).toEqual([]);
  });

  it('set an author, who may be the robot and not an unknown person', async () => {
    const world = createWorld();
    const contact = world.crm.addContact('Anna', [], NOBODY, SELLER_B);
    expect(await change(world, contact.id, { created_by: 404_404 })).toBe(400);
    expect(await change(world, contact.id, { responsible_user_id: 0 })).toBe(400);
    expect(await change(world, contact.id, { created_by: 0, updated_by: 0 })).toBe(200);
    expect([contact.createdBy, contact.updatedBy]).toEqual([0, 0]);
  });

  it('are refused completely to an employee who may not edit the contact', async () => {
    const world = worldWith('edit', 'M');
    const contact = world.crm.addContact('Anna', [], NOBODY);
    expect(await change(world, contact.id, { name: 'Boris' })).toBe(400);
    expect(contact.name).toBe('Anna');
  });

  it('cannot add a tag that the account does not have', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    expect(await change(world, id, { tags_to_add: [{ id: 7 }] })).toBe(400);
  });
});
