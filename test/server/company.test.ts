/** A check also sends the company itself to the chat service: pipelines, and the names of employees. */
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { accountIdOf, checkedIn } from './checked.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
beforeEach(async () => {
  office = await installedOffice();
});
afterEach(() => office.open.close());

const ended = v.object({ checkEndedAt: v.string() });
const checked = (): Promise<unknown> => checkedIn(office);

describe('what a check sends about the company itself', () => {
  const giveRole = (...people: readonly number[]): void => {
    const { chat } = office.world;
    chat.settings = {
      ...chat.settings,
      userRoles: people.map(person => ({
        channelId: SALES_CHANNEL,
        userId: String(person),
        role: 'seller',
        allowGetNewClients: true,
      })),
    };
  };
  const fill = (howMany: number): void => {
    for (let id = 1; id <= howMany; id += 1)
      office.world.chat.users.set(`${id}`, { id: `${id}`, name: 'Иван' });
  };
  const posted = (path: string) => office.sent.filter(one => one.startsWith('POST ') && one.endsWith(path));

  it('is nothing until an administrator asks for a check', async () => {
    giveRole(SELLER_A);
    await office.following.checking.check(await accountIdOf(office), new AbortController().signal);
    expect([...office.world.chat.users.keys(), ...office.world.chat.pipelines]).toEqual([]);
  });

  it('is the pipelines with their stages, without stages when a pipeline has none', async () => {
    office.world.crm.pipelines.push({ id: 5, name: 'Без этапов', statuses: [] });
    expect(await checked()).toMatchObject({ pipelines: 2, problem: null });
    expect(office.world.chat.pipelines).toEqual([
      {
        id: '3177727',
        name: 'Воронка',
        stages: [
          { id: '32392156', name: 'Первичный контакт' },
          { id: '142', name: 'Успешно реализовано' },
          { id: '143', name: 'Закрыто и не реализовано' },
        ],
      },
      { id: '5', name: 'Без этапов' },
    ]);
    expect(await checked()).toMatchObject({ pipelines: 2 });
    expect(posted('/v3/pipelines')).toHaveLength(1);
    office.world.crm.pipelines.reverse();
    await checked();
    expect(office.world.chat.pipelines.map(({ id }) => id)).toEqual(['5', '3177727']);
  });

  it('is the names of employees with a role, if they differ', async () => {
    giveRole(SELLER_A, SELLER_B);
    const { users } = office.world.chat;
    users.set(String(SELLER_A), { id: String(SELLER_A), name: 'Артём Старов' });
    users.set('7', { id: '7', name: 'Кто-то ещё' });
    expect(await checked()).toMatchObject({ people: 2, peopleKnown: 3 });
    expect([...users.values()].map(({ name }) => name)).toEqual([
      'Артём Алексеев',
      'Кто-то ещё',
      'Борис Белов',
    ]);
    await checked();
    expect(posted('/v3/users')).toHaveLength(1);
  });

  it('is sent in batches of a hundred', async () => {
    const { users } = office.world.crm;
    const seller = users.get(SELLER_A);
    const hired = Array.from({ length: 250 }, (_, at) => 20_001 + at);
    for (const id of hired) if (seller) users.set(id, { ...seller, id, name: `Новый ${id}` });
    giveRole(...hired);
    expect(await checked()).toMatchObject({ people: 250, problem: null });
    expect(posted('/v3/users')).toHaveLength(3);
    expect(office.world.chat.users.size).toBe(250);
  });

  it('stops at the chat service’s limit of people, which is reported, and clients are still compared', async () => {
    office.world.crm.addContact('Анна', ['+7 916 000-00-01'], SELLER_A);
    giveRole(SELLER_A);
    fill(1000);
    expect(await checked()).toMatchObject({
      problem: 'people-limit',
      people: null,
      pipelines: 1,
      unsent: 1,
    });
  });

  it.each([
    ['crm', /GET \/api\/v4\/leads\/pipelines/, { pipelines: null, people: 1 }],
    ['crm', /GET \/api\/v4\/users/, { pipelines: 1, people: null }],
    ['chat', /POST \/v3\/pipelines/, { pipelines: null, people: 1 }],
    ['chat', /POST \/v3\/users/, { pipelines: 1, people: null }],
    ['chat', /GET \/settings/, { pipelines: 1, people: null }],
    ['chat', /GET \/v3\/contacts/, { pipelines: 1, people: 1 }],
  ])('names the service that did not answer (%s, %s), and the rest is done', async (problem, on, rest) => {
    giveRole(SELLER_A);
    office.world.disturbances.add(on, 'server-error', Infinity);
    const failed = await checked();
    expect(failed).toMatchObject({ problem, ...rest });
    office.world.disturbances.clear();
    office.world.clock.advance(1000);
    const mended = await checked();
    expect(mended).toMatchObject({ problem: null, pipelines: 1, people: 1 });
    expect(mended).not.toMatchObject(v.parse(ended, failed));
  });

  it('has no names while the key does not open the roles', async () => {
    await office.open.close();
    office = await installedOffice({ keyKind: null });
    office.world.disturbances.add(/GET \/settings/, 'forbidden-json', Infinity);
    const [key] = office.world.chat.keys.keys();
    await office.ask(ADMIN, 'PUT /connection', { key });
    giveRole(SELLER_A);
    expect(await checked()).toMatchObject({ pipelines: 1, people: 0, problem: null });
    expect(office.world.chat.users.size).toBe(0);
  });
});
