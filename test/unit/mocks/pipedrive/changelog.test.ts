/** The changelog says who changed the owner, and may be late. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { connectedPipedrive } from '../../../support/listening-pipedrive.ts';

const ownersIn = (data: readonly { field_key: string }[], key = 'owner_id') =>
  data.filter(one => one.field_key === key);

describe('the changelog', () => {
  it('lists changes of the owner, the newest first, with author, source and values as texts', async () => {
    const { company, ask, read } = await connectedPipedrive();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    company.assignPerson(SELLER_B, id, SELLER_B);
    await ask(`PATCH /api/v2/persons/${id}`, {
      json: { owner_id: ADMIN },
      headers: { 'User-Agent': 'crm-chat-roles' },
    });
    const { data, additional_data } = await read(`/api/v1/persons/${id}/changelog?limit=50`);
    expect(additional_data).toEqual({ next_cursor: null });
    expect(data).toEqual([
      {
        field_key: 'owner_id',
        old_value: String(SELLER_B),
        new_value: String(ADMIN),
        actor_user_id: ADMIN,
        time: '2026-11-02 09:00:00',
        change_source: 'api',
        change_source_user_agent: 'crm-chat-roles',
        is_bulk_update_flag: false,
      },
      expect.objectContaining({ old_value: String(SELLER_A), actor_user_id: SELLER_B, change_source: 'app' }),
    ]);
  });

  it('continues from a cursor', async () => {
    const { company, read } = await connectedPipedrive();
    const { id } = company.addPerson({ name: 'Anna', ownerId: ADMIN });
    for (const to of [SELLER_A, SELLER_B, ADMIN]) company.assignPerson(ADMIN, id, to);
    const first = await read(`/api/v1/persons/${id}/changelog?limit=2`);
    const cursor = first.additional_data.next_cursor;
    const second = await read(`/api/v1/persons/${id}/changelog?limit=2&cursor=${cursor}`);
    const owners = [...first.data, ...second.data].map(one => Number(one.new_value));
    expect(owners).toEqual([ADMIN, SELLER_B, SELLER_A]);
  });

  it('may be late', async () => {
    const { world, company, read } = await connectedPipedrive();
    world.pipedrive.oddities.changelogLagMs = 5000;
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    company.assignPerson(SELLER_A, id, SELLER_B);
    const shown = async () => (await read(`/api/v1/persons/${id}/changelog`)).data.length;
    const before = await shown();
    world.clock.advance(5000);
    expect([before, await shown()]).toEqual([0, 1]);
  });

  it.each(['owner_id', 'user_id'] as const)('names a deal’s owner %s', async key => {
    const { world, company, read } = await connectedPipedrive();
    world.pipedrive.oddities.dealOwnerKey = key;
    const { id } = company.addDeal({ title: 'Doors', ownerId: SELLER_A });
    company.assignDeal(ADMIN, id, SELLER_B);
    const { data } = await read(`/api/v1/deals/${id}/changelog`);
    expect(ownersIn(data, key)).toHaveLength(1);
  });

  it('has no entry for a write that changes nothing', async () => {
    const { company, ask, read } = await connectedPipedrive();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    await ask(`PATCH /api/v2/persons/${id}`, { json: { owner_id: SELLER_A } });
    expect((await read(`/api/v1/persons/${id}/changelog`)).data).toEqual([]);
  });

  it('marks a change of several records at once', async () => {
    const { company, read } = await connectedPipedrive();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    company.assignPersons(ADMIN, [id], SELLER_B);
    const [entry] = (await read(`/api/v1/persons/${id}/changelog`)).data;
    expect(entry.is_bulk_update_flag).toBe(true);
  });
});

describe('the flow', () => {
  it('lists the same changes with ids as numbers and people by name', async () => {
    const { company, read } = await connectedPipedrive();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    company.assignPerson(SELLER_A, id, SELLER_B);
    const { data, additional_data } = await read(`/api/v1/persons/${id}/flow?items=change&all_changes=1`);
    expect(additional_data.pagination).toEqual({ start: 0, limit: 100, more_items_in_collection: false });
    expect(data).toMatchObject([
      {
        object: 'personChange',
        data: {
          item_id: id,
          user_id: SELLER_A,
          old_value: SELLER_A,
          new_value: SELLER_B,
          additional_data: { new_value_formatted: company.users.get(SELLER_B)?.name },
        },
      },
    ]);
  });

  it('is emulated for changes only', async () => {
    const { world, company, ask } = await connectedPipedrive();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    expect((await ask(`GET /api/v1/persons/${id}/flow`)).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['GET /api/v1/persons/:id/flow without items=change']);
  });
});
