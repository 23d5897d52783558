/** What the API returns of users, persons, deals and pipelines, and which changes it accepts. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { connectedPipedrive as connected } from '../../../support/listening-pipedrive.ts';

describe('users', () => {
  it('are listed all at once, and administrators can be recognized only by their access', async () => {
    const { company, read } = await connected();
    const { data } = await read('/api/v1/users');
    expect(data).toHaveLength(company.users.size);
    const admins = data.filter((one: { access: { app: string; admin: boolean }[] }) =>
      one.access.some(({ app, admin }) => app === 'global' && admin),
    );
    expect(admins.map((one: { id: number }) => one.id)).toEqual([ADMIN]);
    expect(data[0]).not.toHaveProperty('is_admin');
    expect(data[0]).toMatchObject({ active_flag: true, is_deleted: false, is_you: true, role_id: 1 });
  });

  it('see the time of changes only as an administrator', async () => {
    const seller = await connected(SELLER_A);
    expect((await seller.read('/api/v1/users')).data[0]).not.toHaveProperty('modified');
    expect((await (await connected()).read('/api/v1/users')).data[0]).toHaveProperty('modified');
  });

  it('have permissions, without one for changing owners', async () => {
    const { company, read } = await connected();
    Object.assign(company.users.get(SELLER_A)?.rights ?? {}, { editOthersPeople: false });
    const { data } = await read(`/api/v1/users/${SELLER_A}/permissions`);
    expect(data).toMatchObject({ can_edit_other_users_people: false, can_edit_other_users_deals: true });
    expect(Object.keys(data).filter(name => name.includes('owner'))).toEqual([]);
  });

  it('who have left have no valid token', async () => {
    const { company, ask } = await connected(SELLER_A);
    company.changeUser(ADMIN, SELLER_A, { isActive: false });
    expect((await ask('GET /api/v1/users/me')).status).toBe(401);
  });
});

describe('a person', () => {
  it('is returned with their owner, and phones as they were typed', async () => {
    const { company, read } = await connected();
    const person = company.addPerson({
      name: 'Anna Ivanova',
      phones: ['+7 (999) 111-22-33'],
      ownerId: SELLER_A,
    });
    expect(await read(`/api/v2/persons/${person.id}`)).toEqual({
      success: true,
      data: expect.objectContaining({
        id: person.id,
        first_name: 'Anna',
        owner_id: SELLER_A,
        phones: [{ value: '+7 (999) 111-22-33', primary: true, label: 'work' }],
        visible_to: 3,
        is_deleted: false,
      }),
    });
  });

  it('gets another owner, and the answer has the whole person', async () => {
    const { company, ask } = await connected();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const changed = await ask(`PATCH /api/v2/persons/${id}`, { json: { owner_id: SELLER_B } });
    expect((await changed.json()).data).toMatchObject({ id, owner_id: SELLER_B, im: [] });
    expect(company.persons.get(id)?.ownerId).toBe(SELLER_B);
  });

  it.each<[number, unknown]>([
    [400, { owner_id: String(SELLER_B) }],
    [400, { owner_id: 1.5 }],
    [400, { owner_id: 1 }],
    [400, { phones: [{ value: 1, primary: true, label: 'work' }] }],
    [403, { visible_to: 7 }],
    [501, { owner: SELLER_B }],
  ])('is not changed, with the status %i, by %j', async (status, json) => {
    const { world, company, ask } = await connected();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    expect((await ask(`PATCH /api/v2/persons/${id}`, { json })).status).toBe(status);
    expect([company.persons.get(id)?.ownerId, world.unhandledRequests.length]).toEqual([
      SELLER_A,
      status === 501 ? 1 : 0,
    ]);
  });

  it('that is missing is 404', async () => {
    const { ask } = await connected();
    expect((await ask('GET /api/v2/persons/9')).status).toBe(404);
  });
});

describe('a list', () => {
  it.each(['null', 'missing'] as const)('continues from a cursor until it is %s', async lastPage => {
    const { world, company, read } = await connected();
    world.pipedrive.oddities.lastPage = lastPage;
    for (const nth of [1, 2, 3, 4, 5]) company.addPerson({ name: `Client ${nth}`, ownerId: SELLER_A });
    const names: string[] = [];
    let cursor: string | null | undefined = '';
    let pages = 0;
    while (typeof cursor === 'string') {
      const page: { data: { name: string }[]; additional_data?: { next_cursor: string | null } } = await read(
        `/api/v2/persons?limit=2&cursor=${cursor}`,
      );
      names.push(...page.data.map(({ name }) => name));
      cursor = page.additional_data?.next_cursor;
      pages += 1;
    }
    expect([names, pages]).toEqual([['Client 1', 'Client 2', 'Client 3', 'Client 4', 'Client 5'], 3]);
  });

  it('of persons can be limited to those changed since a time, including that second', async () => {
    const { world, company, read } = await connected();
    company.addPerson({ name: 'Old', ownerId: SELLER_A });
    world.clock.advance(5000);
    const since = new Date(world.clock.now()).toISOString();
    company.addPerson({ name: 'New', ownerId: SELLER_A });
    const page = await read(`/api/v2/persons?updated_since=${since}&sort_by=update_time`);
    expect(page.data.map(({ name }: { name: string }) => name)).toEqual(['New']);
  });

  it('of deals can be limited to those of a person, without archived ones', async () => {
    const { company, read } = await connected();
    const { id: personId } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const open = company.addDeal({ title: 'Doors', ownerId: SELLER_A, personId });
    company.addDeal({ title: 'Won', ownerId: SELLER_A, personId, status: 'won' });
    company.addDeal({ title: 'Archived', ownerId: SELLER_A, personId, isArchived: true });
    company.addDeal({ title: 'Another’s', ownerId: SELLER_A });
    const { data } = await read(`/api/v2/deals?person_id=${personId}&status=open&limit=500`);
    expect(data.map((one: { id: number }) => one.id)).toEqual([open.id]);
  });

  it.each(['limit=501', 'limit=0', 'cursor=nonsense', 'updated_since=yesterday'])(
    'refuses %s with 400',
    async query => {
      const { ask } = await connected();
      expect((await ask(`GET /api/v2/persons?${query}`)).status).toBe(400);
    },
  );

  it('names a parameter that it does not know', async () => {
    const { world, ask } = await connected();
    expect((await ask('GET /api/v2/persons?filter_id=1')).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['GET /api/v2/persons?filter_id']);
  });
});

describe('pipelines', () => {
  it('have stages between which a deal can be moved', async () => {
    const { company, ask, read } = await connected();
    const [pipeline] = (await read('/api/v2/pipelines')).data;
    const { data: stages } = await read(`/api/v2/stages?pipeline_id=${pipeline.id}&sort_by=order_nr`);
    expect([pipeline.is_selected, stages.length]).toEqual([true, 2]);
    const deal = company.addDeal({ title: 'Doors', ownerId: SELLER_A });
    expect(deal.stageId).toBe(stages[0].id);
    const moved = await ask(`PATCH /api/v2/deals/${deal.id}`, { json: { stage_id: stages[1].id } });
    expect((await moved.json()).data).toMatchObject({ stage_id: stages[1].id, pipeline_id: pipeline.id });
  });
});

describe('a route', () => {
  it('that is not emulated is refused and named', async () => {
    const { world, ask } = await connected();
    expect((await ask('GET /api/v1/persons')).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['GET /api/v1/persons']);
  });

  it('of v1 works with or without /api before it', async () => {
    const { ask } = await connected();
    expect((await ask('GET /v1/users/me')).status).toBe(200);
  });
});
