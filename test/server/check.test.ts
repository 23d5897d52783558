/** Everything that the chat service knows of an account, held against the CRM. */
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SALES_CHANNEL } from '../world/world.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
const ended = v.object({ checkedAt: v.string() });
const patient = (): AbortSignal => new AbortController().signal;

beforeEach(async () => {
  office = await installedOffice();
  await office.ask(ADMIN, 'PUT /own-settings', { standInOwners: [String(NOBODY)] }, '"0"');
});
afterEach(() => office.open.close());

/** Clients of the CRM, of whom pages have told the chat service before this server followed. */
function told(howMany: number, responsible = SELLER_A): readonly number[] {
  const { chat, crm } = office.world;
  return Array.from({ length: howMany }, (_, at) => {
    const phone = `7916${String(1_000_000 + at)}`;
    const { id } = crm.addContact(`Клиент ${at}`, [`+${phone}`], responsible);
    chat.contacts.set(String(id), {
      id: String(id),
      responsibleUserId: String(responsible),
      name: `Клиент ${at}`,
      contactData: [{ chatType: 'whatsapp', chatId: phone }],
      uri: `${crm.account.origin}/contacts/detail/${id}`,
    });
    return id;
  });
}
const accountId = async (): Promise<string> =>
  (await office.open.database.selectFrom('account').select('id').executeTakeFirstOrThrow()).id;
async function checked(): Promise<unknown> {
  const { checking, follower } = office.following;
  await checking.check(await accountId(), patient());
  while (await follower.step(patient()));
  return (await office.ask(ADMIN, 'GET /clients')).json();
}
const ownerOf = (id: number) => office.world.chat.contacts.get(String(id))?.responsibleUserId;
/** Behind everybody's back: no hook, no entry in the log. */
const breakAt = (id: number, responsible: number): void => {
  const there = office.world.chat.contacts.get(String(id));
  if (there) office.world.chat.contacts.set(there.id, { ...there, responsibleUserId: String(responsible) });
};

describe('a check of all clients', () => {
  it('says that both agree', async () => {
    told(120);
    expect(await checked()).toMatchObject({ known: 120, waiting: 0, failed: 0, held: 0 });
    expect(office.sent.filter(one => /^(POST|DELETE) .*v3\/contacts/.test(one))).toEqual([]);
  });

  it('changes nothing the first time before an administrator has seen the number', async () => {
    const [first = 0] = told(3);
    breakAt(first, SELLER_B);
    expect(await checked()).toMatchObject({ known: 3, held: 1 });
    expect(ownerOf(first)).toBe(String(SELLER_B));
    expect((await office.ask(ADMIN, 'POST /clients/release')).status).toBe(202);
    expect(await checked()).toMatchObject({ known: 3, held: 0 });
    expect(ownerOf(first)).toBe(String(SELLER_A));
  });

  it('finds and mends what was broken behind our back', async () => {
    const [, second = 0] = told(3);
    await checked();
    breakAt(second, SELLER_B);
    await checked();
    expect(ownerOf(second)).toBe(String(SELLER_A));
  });

  it('stops and asks before it takes many clients out', async () => {
    const ids = told(40);
    await checked();
    await office.ask(
      ADMIN,
      'PUT /own-settings',
      { standInOwners: [String(NOBODY), String(SELLER_A)] },
      '"1"',
    );
    expect(await checked()).toMatchObject({ held: 40 });
    expect(ids.map(ownerOf)).toEqual(ids.map(() => String(SELLER_A)));
  });

  it('leaves alone whom another system has told of', async () => {
    const [mine = 0, theirs = 0] = told(2);
    const there = office.world.chat.contacts.get(String(theirs));
    if (there) office.world.chat.contacts.set(there.id, { ...there, uri: 'https://other.example/1' });
    breakAt(theirs, SELLER_B);
    await checked();
    breakAt(mine, SELLER_B);
    await checked();
    expect([ownerOf(mine), ownerOf(theirs)]).toEqual([String(SELLER_A), String(SELLER_B)]);
  });

  it('takes nobody for deleted on the word of half a list', async () => {
    told(3);
    await checked();
    office.world.disturbances.add(/GET \/api\/v4\/contacts/, 'server-error');
    const before = office.world.chat.contacts.size;
    await checked();
    expect(office.world.chat.contacts.size).toBe(before);
  });

  it('is for administrators', async () => {
    for (const route of ['GET /clients', 'POST /clients/check', 'POST /clients/release'])
      expect((await office.ask(SELLER_A, route)).status).toBe(403);
  });
});

describe('what a check tells of the company itself', () => {
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

  it('is the pipelines with their stages, and no stages where there are none', async () => {
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

  it('is the names of employees with a role, and only those that differ', async () => {
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

  it('goes in batches of a hundred', async () => {
    const { users } = office.world.crm;
    const seller = users.get(SELLER_A);
    const hired = Array.from({ length: 250 }, (_, at) => 20_001 + at);
    for (const id of hired) if (seller) users.set(id, { ...seller, id, name: `Новый ${id}` });
    giveRole(...hired);
    expect(await checked()).toMatchObject({ people: 250, problem: null });
    expect(posted('/v3/users')).toHaveLength(3);
    expect(office.world.chat.users.size).toBe(250);
  });

  it('says that the chat service takes no more people, and compares clients all the same', async () => {
    told(3);
    giveRole(SELLER_A);
    fill(1000);
    expect(await checked()).toMatchObject({
      problem: 'people-limit',
      people: null,
      pipelines: 1,
      known: 3,
    });
  });

  it.each([
    ['crm', /GET \/api\/v4\/leads\/pipelines/, { pipelines: null, people: 1 }],
    ['crm', /GET \/api\/v4\/users/, { pipelines: 1, people: null }],
    ['chat', /POST \/v3\/pipelines/, { pipelines: null, people: 1 }],
    ['chat', /POST \/v3\/users/, { pipelines: 1, people: null }],
    ['chat', /GET \/v3\/contacts/, { pipelines: 1, people: 1 }],
  ])('says that it was the %s that did not answer %s, and does the rest', async (problem, on, rest) => {
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

  it('is nobody’s name while the key does not open the roles', async () => {
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
