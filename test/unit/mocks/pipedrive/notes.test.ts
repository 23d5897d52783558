/** Notes, activities, and what a search finds. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { connectedPipedrive } from '../../../support/listening-pipedrive.ts';

describe('a note', () => {
  it('is about a person, and scripts are removed from it', async () => {
    const { company, ask, read } = await connectedPipedrive(SELLER_A);
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const content = '<b>Taken over</b><script>alert(1)</script>';
    expect((await ask('POST /api/v1/notes', { json: { content, person_id: id } })).status).toBe(201);
    const { data } = await read(`/api/v1/notes?person_id=${id}`);
    expect(data).toMatchObject([{ content: '<b>Taken over</b>', person_id: id, user_id: SELLER_A }]);
  });

  it.each<[number, number, Record<string, unknown>]>([
    [400, SELLER_A, { content: 'About nothing' }],
    [400, SELLER_A, { content: '' }],
    [403, SELLER_A, { content: 'In another’s name', user_id: SELLER_B }],
    [201, ADMIN, { content: 'In another’s name', user_id: SELLER_B }],
    [404, SELLER_A, { content: 'About nobody', person_id: 9 }],
  ])('is answered with %i from %i: %j', async (status, userId, given) => {
    const { company, ask } = await connectedPipedrive(userId);
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const json = 'user_id' in given ? { ...given, person_id: id } : given;
    expect((await ask('POST /api/v1/notes', { json })).status).toBe(status);
  });

  it('about a hidden person is hidden too', async () => {
    const { company, read } = await connectedPipedrive(SELLER_B);
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    company.addNote({ userId: SELLER_A }, { personId: id, dealId: null }, 'Secret');
    expect((await read('/api/v1/notes')).data).toEqual([]);
  });
});

describe('an activity', () => {
  it('is created for a colleague, listed while it is open, and marked as done', async () => {
    const { company, ask, read } = await connectedPipedrive(SELLER_B);
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const json = { subject: 'May I have Anna?', owner_id: SELLER_A, person_id: id, due_date: '2026-11-03' };
    const made = await ask('POST /api/v2/activities', { json });
    const { data: activity } = await made.json();
    expect([made.status, activity]).toEqual([
      201,
      expect.objectContaining({ owner_id: SELLER_A, creator_user_id: SELLER_B, person_id: id, done: false }),
    ]);
    const open = async () => (await read(`/api/v2/activities?person_id=${id}&done=false`)).data.length;
    const before = await open();
    await ask(`PATCH /api/v2/activities/${activity.id}`, { json: { done: true, note: 'Yes' } });
    expect([before, await open(), company.activities.get(activity.id)?.note]).toEqual([1, 0, 'Yes']);
  });

  it.each<[number, unknown]>([
    [400, { subject: 'x', done: 'true' }],
    [400, { subject: 'x', due_date: 'tomorrow' }],
    [501, { subject: 'x', duration: '00:30' }],
  ])('is refused with %i: %j', async (status, json) => {
    const { ask } = await connectedPipedrive();
    expect((await ask('POST /api/v2/activities', { json })).status).toBe(status);
  });
});

describe('a search', () => {
  const foundIn = (answer: { data: { items: { item: { name: string } }[] } }) =>
    answer.data.items.map(({ item }) => item.name);

  it('finds phones only as they were typed, and returns them as texts', async () => {
    const { company, read } = await connectedPipedrive();
    company.addPerson({ name: 'Anna', phones: ['+7 916 000-00-01'], ownerId: SELLER_A });
    const typed = await read(`/api/v2/persons/search?term=${encodeURIComponent('+7 916')}&fields=phone`);
    expect(typed.data.items[0].item.phones).toEqual(['+7 916 000-00-01']);
    expect(foundIn(await read('/api/v2/persons/search?term=79160000001'))).toEqual([]);
  });

  it('can find phones by their digits, with an oddity', async () => {
    const { world, company, read } = await connectedPipedrive();
    world.pipedrive.oddities.phoneSearch = 'by-digits';
    company.addPerson({ name: 'Anna', phones: ['+7 916 000-00-01'], ownerId: SELLER_A });
    expect(foundIn(await read('/api/v2/persons/search?term=79160000001'))).toEqual(['Anna']);
  });

  it('does not find hidden people, and refuses a single letter unless the match is exact', async () => {
    const { company, ask, read } = await connectedPipedrive(SELLER_B);
    company.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    expect(foundIn(await read('/api/v2/persons/search?term=Anna'))).toEqual([]);
    expect((await ask('GET /api/v2/persons/search?term=A')).status).toBe(400);
    expect((await ask('GET /api/v2/persons/search?term=A&exact_match=true')).status).toBe(200);
  });
});
