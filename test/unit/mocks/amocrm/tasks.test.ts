import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { seconds, standingClock } from '../../../world/clock.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { told } from '../../told.ts';
import { crmAs, json } from '../ask.ts';

const TILL = seconds(standingClock()) + 3600;

const task = (entityId: number, more: object = {}): object => ({
  text: 'Hand the client over',
  complete_till: TILL,
  entity_id: entityId,
  entity_type: 'contacts',
  responsible_user_id: SELLER_B,
  task_type_id: 1,
  ...more,
});

const found = v.pipe(
  v.object({ _embedded: v.object({ tasks: v.array(v.object({ id: v.number() })) }) }),
  v.transform(({ _embedded: { tasks } }) => tasks.map(({ id }) => id)),
);

async function idsFor(world: World, query: string, as = SELLER_A): Promise<number[]> {
  const answer = await crmAs(world, as)(`GET /api/v4/tasks?${query}`);
  return answer.status === 204 ? [] : told(answer, found);
}

describe('POST /api/v4/tasks', () => {
  it('creates a list of tasks and answers each by its request_id', async () => {
    const world = createWorld({ clock: standingClock() });
    const { id } = world.crm.addContact('Anna', [], SELLER_B);
    const lead = world.crm.addLead('Doors', [id], SELLER_B);
    const ask = crmAs(world, SELLER_A);
    const answer = await ask(
      'POST /api/v4/tasks',
      json([task(id, { request_id: 'ask' }), task(lead.id, { entity_type: 'leads' })]),
    );
    const [first, second] = [...world.crm.tasks.values()];
    expect(await answer.json()).toMatchObject({
      _embedded: {
        tasks: [
          { id: first?.id, request_id: 'ask' },
          { id: second?.id, request_id: '1' },
        ],
      },
    });
    expect(await (await ask('GET /api/v4/tasks')).json()).toMatchObject({
      _embedded: {
        tasks: [
          {
            id: first?.id,
            entity_id: id,
            entity_type: 'contacts',
            text: 'Hand the client over',
            responsible_user_id: SELLER_B,
            created_by: SELLER_A,
            created_at: seconds(world.clock),
            complete_till: TILL,
            is_completed: false,
            result: [],
          },
          { entity_id: lead.id, entity_type: 'leads' },
        ],
      },
    });
  });

  it('sets the time of the next task in the contact', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], SELLER_B);
    const ask = crmAs(world, SELLER_A);
    await ask('POST /api/v4/tasks', json([task(id, { complete_till: TILL + 60 }), task(id)]));
    expect(await (await ask(`GET /api/v4/contacts/${id}`)).json()).toMatchObject({ closest_task_at: TILL });
  });

  it.each([
    ['about a missing record', { entity_id: 1 }, 'entity_id'],
    ['for an unknown person', { responsible_user_id: 404_404 }, 'responsible_user_id'],
  ])('refuses the whole list for one task %s', async (_what, wrong, path) => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], SELLER_B);
    const answer = await crmAs(world, SELLER_A)('POST /api/v4/tasks', json([task(id), task(id, wrong)]));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      'validation-errors': [{ request_id: '1', errors: [{ path }] }],
    });
    expect(world.crm.tasks.size).toBe(0);
  });

  it.each([
    ['a task that is not in a list', task(1)],
    ['no text', [task(1, { text: '' })]],
    ['no time', [task(1, { complete_till: undefined })]],
  ])('refuses %s', async (_what, body) => {
    expect((await crmAs(createWorld(), SELLER_A)('POST /api/v4/tasks', json(body))).status).toBe(400);
  });
});

describe('GET /api/v4/tasks', () => {
  it('finds tasks by record, by responsible, and by whether they are done', async () => {
    const world = createWorld();
    const anna = world.crm.addContact('Anna', [], SELLER_A);
    const lead = world.crm.addLead('Doors', [anna.id], SELLER_A);
    const draft = { text: 'Call', completeTill: TILL, responsibleUserId: SELLER_A } as const;
    const own = world.crm.writeTask(ADMIN, { ...draft, entityType: 'contacts', entityId: anna.id });
    const done = world.crm.writeTask(ADMIN, { ...draft, entityType: 'contacts', entityId: anna.id });
    const ofLead = world.crm.writeTask(ADMIN, {
      ...draft,
      entityType: 'leads',
      entityId: lead.id,
      responsibleUserId: SELLER_B,
    });
    world.crm.changeTask(ADMIN, done.id, { isCompleted: true, result: 'Done' });
    const about = `filter[entity_type]=contacts&filter[entity_id]=${anna.id}`;
    expect(await idsFor(world, '')).toEqual([own.id, done.id, ofLead.id]);
    expect(await idsFor(world, about)).toEqual([own.id, done.id]);
    expect(await idsFor(world, `${about}&filter[is_completed]=0`)).toEqual([own.id]);
    expect(await idsFor(world, `${about}&filter[is_completed]=1`)).toEqual([done.id]);
    expect(await idsFor(world, `filter[responsible_user_id]=${SELLER_B}`)).toEqual([ofLead.id]);
    expect(await idsFor(world, 'filter[entity_type]=leads&filter[is_completed]=1')).toEqual([]);
  });

  it('leaves out tasks about contacts that the employee may not see', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    world.crm.writeTask(ADMIN, {
      entityType: 'contacts',
      entityId: id,
      text: 'Call',
      completeTill: TILL,
      responsibleUserId: ADMIN,
    });
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.contacts.view = 'M';
    expect(await idsFor(world, '')).toEqual([]);
    expect(await idsFor(world, '', ADMIN)).toHaveLength(1);
  });
});

describe('PATCH /api/v4/tasks/:id', () => {
  const written = (world: World): number => {
    const { id } = world.crm.addContact('Anna', [], SELLER_B);
    const draft = { text: 'Call', completeTill: TILL, responsibleUserId: SELLER_B };
    return world.crm.writeTask(SELLER_A, { entityType: 'contacts', entityId: id, ...draft }).id;
  };

  it('completes a task with a result', async () => {
    const world = createWorld();
    const id = written(world);
    const ask = crmAs(world, SELLER_B);
    const answer = await ask(
      `PATCH /api/v4/tasks/${id}`,
      json({ is_completed: true, result: { text: 'Handed over' } }),
    );
    expect(await answer.json()).toMatchObject({ id });
    expect(await (await ask('GET /api/v4/tasks')).json()).toMatchObject({
      _embedded: { tasks: [{ is_completed: true, result: { text: 'Handed over' }, text: 'Call' }] },
    });
  });

  it('gives a task to a colleague', async () => {
    const world = createWorld();
    const id = written(world);
    await crmAs(world, SELLER_B)(`PATCH /api/v4/tasks/${id}`, json({ responsible_user_id: ADMIN }));
    expect(world.crm.tasks.get(id)).toMatchObject({ responsibleUserId: ADMIN, isCompleted: false });
  });

  it.each([
    ['A', 200],
    ['G', 400],
    ['M', 400],
    ['D', 400],
  ] as const)('with the right "%s" for a task of another group answers %i', async (tasks, status) => {
    const world = createWorld();
    const id = written(world);
    Object.assign(world.crm.users.get(SELLER_A) ?? {}, { tasks, groupId: 493_002 });
    const ask = crmAs(world, SELLER_A);
    const answer = await ask(`PATCH /api/v4/tasks/${id}`, json({ is_completed: true }));
    expect(answer.status).toBe(status);
    expect(world.crm.tasks.get(id)?.isCompleted).toBe(status === 200);
    expect(await (await crmAs(world, ADMIN)(`GET /api/v4/users/${SELLER_A}`)).json()).toMatchObject({
      rights: { tasks: { edit: tasks } },
    });
  });

  it.each([
    ['nothing', {}, 400],
    ['a list', [{ is_completed: true }], 405],
    ['an unknown responsible', { responsible_user_id: 404_404 }, 400],
  ])('refuses %s', async (_what, body, status) => {
    const world = createWorld();
    const answer = await crmAs(world, SELLER_B)(`PATCH /api/v4/tasks/${written(world)}`, json(body));
    expect(answer.status).toBe(status);
  });

  it('answers 404 for a missing task', async () => {
    const answer = await crmAs(createWorld(), SELLER_B)(
      'PATCH /api/v4/tasks/1',
      json({ is_completed: true }),
    );
    expect(answer.status).toBe(404);
  });
});

describe('a task without a record', () => {
  it('is shown to its author, to its responsible and to admins', async () => {
    const world = createWorld();
    const draft = { text: 'Tidy up', complete_till: TILL, responsible_user_id: SELLER_B };
    const answer = await crmAs(world, SELLER_A)('POST /api/v4/tasks', json([draft]));
    expect(answer.status).toBe(200);
    expect(await idsFor(world, '', SELLER_A)).toHaveLength(1);
    expect(await idsFor(world, '', SELLER_B)).toHaveLength(1);
    expect(await idsFor(world, '', ADMIN)).toHaveLength(1);
    expect(await idsFor(world, '', NOBODY)).toEqual([]);
    expect(await (await crmAs(world, SELLER_A)('GET /api/v4/tasks')).json()).toMatchObject({
      _embedded: { tasks: [{ entity_id: null, entity_type: null }] },
    });
  });
});

it('creates two tasks for two with the same request_id', async () => {
  const world = createWorld();
  const { id } = world.crm.addContact('Anna', [], SELLER_B);
  await crmAs(world, SELLER_A)(
    'POST /api/v4/tasks',
    json([task(id, { request_id: 'a' }), task(id, { request_id: 'a' })]),
  );
  expect(world.crm.tasks.size).toBe(2);
});

it.each<[string, { created_by?: number; task_type_id?: number; entity_type?: undefined }, number]>([
  ['by the robot', { created_by: 0 }, 200],
  ['by a colleague', { created_by: SELLER_B }, 200],
  ['by an unknown person', { created_by: 404_404 }, 400],
  ['of a type that the account does not have', { task_type_id: 77 }, 400],
  ['with an entity id and no entity type', { entity_type: undefined }, 400],
])('a task %s is created or refused', async (_what, more, status) => {
  const world = createWorld();
  const { id } = world.crm.addContact('Anna', [], SELLER_B);
  expect((await crmAs(world, SELLER_A)('POST /api/v4/tasks', json([task(id, more)]))).status).toBe(status);
  const [written] = world.crm.tasks.values();
  expect(written?.createdBy).toBe(status === 200 ? more.created_by : undefined);
});
