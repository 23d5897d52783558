import * as v from 'valibot';
import { expect, it } from 'vitest';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { createWorld, type World } from '../../world/world.ts';
import { chatWith, crmAs, type Ask } from './ask.ts';
import { told } from '../told.ts';

const identified = v.array(
  v.looseObject({
    id: v.optional(v.union([v.string(), v.number()])),
    channelId: v.optional(v.string()),
    templateGuid: v.optional(v.string()),
  }),
);
const list = v.pipe(
  v.union([
    identified,
    v.object({ data: identified }),
    v.object({ _embedded: v.record(v.string(), identified) }),
  ]),
  v.transform(body => {
    if (Array.isArray(body)) return body;
    return 'data' in body ? body.data : (Object.values(body._embedded)[0] ?? []);
  }),
);

const idsAt = async (ask: Ask, path: string): Promise<unknown[]> =>
  (await told(await ask(`GET ${path}`), list)).map(one => one.id ?? one.channelId ?? one.templateGuid);

const crm = (world: World): Ask => crmAs(world, ADMIN);
const chat = (world: World): Ask => chatWith(world, 'v3');

/** A world with at least two pages of everything that comes in pages. */
function fullWorld(): World {
  const world = createWorld({ size: 300 });
  for (let at = 0; at < 300; at += 1) {
    const { id } = world.crm.addContact(`Contact ${at}`, [], NOBODY);
    world.crm.addLead(`Deal ${at}`, [id], NOBODY);
    world.crm.assignContact(ADMIN, id, at % 2 === 0 ? SELLER_A : SELLER_B);
    world.chat.templates.push({
      templateGuid: `t-${at}`,
      name: `Template ${at}`,
      status: 'approved',
      text: 'Hi',
    });
    world.chat.users.set(`${at}`, { id: `${at}`, name: `Person ${at}` });
    const sent = { id: `c-${at}`, responsibleUserId: '7', name: 'Anna', uri: 'https://crm.example/1' };
    world.chat.contacts.set(sent.id, { ...sent, contactData: [{ chatType: 'whatsapp', chatId: '7' }] });
    world.chat.deals.set(sent.id, { ...sent, contacts: ['c-1'], closed: false });
  }
  return world;
}

it.each([
  ['people', crm, '/api/v4/users?limit=250', '/api/v4/users?page=2&limit=250'],
  ['contacts', crm, '/api/v4/contacts?limit=250', '/api/v4/contacts?page=2&limit=250'],
  ['deals', crm, '/api/v4/leads', '/api/v4/leads?page=2'],
  ['events', crm, '/api/v4/events?limit=100&page=2', '/api/v4/events?limit=100&page=3'],
  ["the chat service's contacts", chat, '/v3/contacts', '/v3/contacts?offset=100'],
  ["the chat service's deals", chat, '/v3/deals?offset=100', '/v3/deals?offset=200'],
  ['templates', chat, '/v3/templates/whatsapp?limit=50', '/v3/templates/whatsapp?limit=50&offset=50'],
])('repeats the last of %s on the next page', async (_what, asking, first, second) => {
  const world = fullWorld();
  const ask = asking(world);
  const [before, calm] = [await idsAt(ask, first), await idsAt(ask, second)];
  world.disturbances.add(/./, 'repeated');
  expect(await idsAt(ask, second)).toEqual([before.at(-1), ...calm]);
  expect(await idsAt(ask, second)).toEqual(calm);
});

it.each([
  ['people', crm, '/api/v4/users'],
  ['pipelines', crm, '/api/v4/leads/pipelines'],
  ["the chat service's people", chat, '/v3/users'],
  ['channels', chat, '/v3/channels'],
  ['templates', chat, '/v3/templates/whatsapp'],
  ["the chat service's contacts", chat, '/v3/contacts'],
])('repeats the last of %s on the same page when there is no earlier one', async (_what, asking, path) => {
  const world = fullWorld();
  const ask = asking(world);
  const calm = await idsAt(ask, path);
  world.disturbances.add(/./, 'repeated');
  expect(await idsAt(ask, path)).toEqual([...calm, calm.at(-1)]);
});

it('does not change answers that are not lists, are empty or are refusals', async () => {
  const world = createWorld();
  const ask = crm(world);
  world.disturbances.add(/./, 'repeated', 3);
  expect((await ask('GET /api/v4/contacts')).status).toBe(204);
  expect((await ask('PATCH /api/v4/contacts/1', { body: '{}' })).status).toBe(400);
  expect(await (await ask('GET /api/v4/account')).json()).toMatchObject({ current_user_id: ADMIN });
});
