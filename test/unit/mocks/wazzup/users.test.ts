import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';

const people = (from: number, count: number): { id: string; name: string }[] =>
  Array.from({ length: count }, (_, at) => ({ id: String(from + at), name: `Person ${from + at}` }));

describe('POST /v3/users', () => {
  it('adds and renames people, with an empty answer', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'v3');
    await ask('POST /v3/users', json([{ id: '7', name: 'Anna' }]));
    const answer = await ask('POST /v3/users', json([{ id: '7', name: 'Anna Maria', phone: '79160000001' }]));
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect([...world.chat.users.values()]).toEqual([{ id: '7', name: 'Anna Maria', phone: '79160000001' }]);
  });

  it('accepts a hundred people a call', async () => {
    const world = createWorld();
    expect((await chatWith(world, 'v3')('POST /v3/users', json(people(1, 100)))).status).toBe(200);
    const refused = await chatWith(world, 'v3')('POST /v3/users', json(people(101, 101)));
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'TOO_MANY_ENTITIES' }),
    ]);
    expect(world.chat.users.size).toBe(100);
  });

  it('accepts a thousand people an account', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'v3');
    for (let from = 0; from < 1000; from += 100) await ask('POST /v3/users', json(people(from, 100)));
    expect((await ask('POST /v3/users', json(people(0, 100)))).status).toBe(200);
    const refused = await ask('POST /v3/users', json(people(1000, 1)));
    expect(await refused.json()).toMatchObject({ error: 'USER_LIMIT_EXCEEDED' });
    expect(world.chat.users.size).toBe(1000);
  });

  it('refuses the whole list for an invalid person, and names the fields', async () => {
    const world = createWorld();
    const answer = await chatWith(world, 'v3')(
      'POST /v3/users',
      json([{ id: '1', name: 'Anna' }, { id: '2' }, { id: 'x'.repeat(65), name: '' }]),
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: 'INVALID_USERS_DATA',
      data: [
        { index: 1, fields: ['name'] },
        { index: 2, fields: ['id', 'name'] },
      ],
    });
    expect(world.chat.users.size).toBe(0);
  });

  it('fails when an id is repeated', async () => {
    const answer = await chatWith(createWorld(), 'v3')(
      'POST /v3/users',
      json([...people(1, 1), ...people(1, 1)]),
    );
    expect([answer.status, await answer.text()]).toEqual([500, '']);
  });

  it('refuses a phone that another person has, and drops one that is not a number', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'v3');
    await ask('POST /v3/users', json([{ id: '1', name: 'Anna', phone: '79160000001' }]));
    const refused = await ask('POST /v3/users', json([{ id: '2', name: 'Boris', phone: '79160000001' }]));
    expect(await refused.json()).toMatchObject({ error: 'DUPLICATE_PHONE_NUMBER' });
    await ask('POST /v3/users', json([{ id: '3', name: 'Vera', phone: '+7 (916) 000' }]));
    expect([...world.chat.users.values()]).toEqual([
      { id: '1', name: 'Anna', phone: '79160000001' },
      { id: '3', name: 'Vera' },
    ]);
  });
});

describe('people', () => {
  it('are listed by name without phones, and can be read one by one', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'v3');
    await ask(
      'POST /v3/users',
      json([
        { id: '1', name: 'Vera', phone: '79160000001' },
        { id: '2', name: 'Anna' },
      ]),
    );
    expect(await (await ask('GET /v3/users')).json()).toEqual([
      { id: '2', name: 'Anna' },
      { id: '1', name: 'Vera' },
    ]);
    expect(await (await ask('GET /v3/users/1')).json()).toEqual({
      id: '1',
      name: 'Vera',
      phone: '79160000001',
    });
    expect((await ask('GET /v3/users/3')).status).toBe(404);
  });

  it('are deleted one by one or in bulk, which returns unknown ids', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'v3');
    await ask('POST /v3/users', json(people(1, 3)));
    expect((await ask('DELETE /v3/users/1')).status).toBe(200);
    expect((await ask('DELETE /v3/users/1')).status).toBe(404);
    expect(await (await ask('PATCH /v3/users/bulk_delete', json(['1', '2']))).json()).toEqual(['1']);
    expect([...world.chat.users.keys()]).toEqual(['3']);
  });
});
