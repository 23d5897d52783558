import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';
import { told } from '../../told.ts';

const anna = {
  id: 'c-1',
  responsibleUserId: '7',
  name: 'Anna',
  contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
};
const doors = {
  id: 'd-1',
  responsibleUserId: '7',
  name: 'Doors',
  uri: 'https://crm.example/deals/1',
  contacts: ['c-1'],
  closed: false,
};

const contactsPage = v.object({ count: v.number(), data: v.array(v.object({ id: v.string() })) });

describe('contacts', () => {
  it('are replaced completely: a field that a later write leaves out is gone', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'v3');
    await ask('POST /v3/contacts', json([{ ...anna, uri: 'https://crm.example/1' }]));
    await ask('POST /v3/contacts', json([{ ...anna, responsibleUserId: '8' }]));
    expect(await (await ask('GET /v3/contacts/c-1')).json()).toEqual({ ...anna, responsibleUserId: '8' });
  });

  it.each([
    ['responsible', { ...anna, responsibleUserId: undefined }, 'responsibleUserId'],
    ['name', { ...anna, name: '' }, 'name'],
    ['address', { ...anna, contactData: [] }, 'contactData'],
  ])('cannot be without a %s', async (_what, body, field) => {
    const world = createWorld();
    const answer = await chatWith(world, 'v3')('POST /v3/contacts', json([body]));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: 'INVALID_CONTACTS_DATA',
      data: [{ index: 0, fields: [field] }],
    });
    expect(world.chat.contacts.size).toBe(0);
  });

  it.each([
    ['a Telegram phone', { chatType: 'telegram', phone: '79160000001' }, 200],
    ['a MAX user name', { chatType: 'max', username: 'anna' }, 200],
    ['Telegram and nothing else', { chatType: 'telegram' }, 400],
    ['a WhatsApp phone', { chatType: 'whatsapp', phone: '79160000001' }, 400],
  ])('with %s and no id are accepted or refused', async (_what, identity, status) => {
    const answer = await chatWith(createWorld(), 'v3')(
      'POST /v3/contacts',
      json([{ ...anna, contactData: [identity] }]),
    );
    expect(answer.status).toBe(status);
  });

  it('are listed by id, a hundred from an offset', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'v3');
    const many = Array.from({ length: 130 }, (_, at) => ({ ...anna, id: `c-${1000 - at}` }));
    await ask('POST /v3/contacts', json(many.slice(0, 100)));
    await ask('POST /v3/contacts', json(many.slice(100)));
    const first = await told(await ask('GET /v3/contacts?offset=0'), contactsPage);
    const second = await told(await ask('GET /v3/contacts?offset=100'), contactsPage);
    expect([first.count, first.data.length, second.data.length]).toEqual([130, 100, 30]);
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(ids).toEqual(many.map(({ id }) => id).toSorted());
  });

  it('are 404 until they are sent, and after they are deleted', async () => {
    const ask = chatWith(createWorld(), 'v3');
    expect((await ask('GET /v3/contacts/c-1')).status).toBe(404);
    await ask('POST /v3/contacts', json([anna]));
    expect((await ask('GET /v3/contacts/c-1')).status).toBe(200);
    expect((await ask('DELETE /v3/contacts/c-1')).status).toBe(200);
    expect((await ask('GET /v3/contacts/c-1')).status).toBe(404);
  });
});

describe('deals', () => {
  it('are kept with all fields', async () => {
    const ask = chatWith(createWorld(), 'v3');
    expect((await ask('POST /v3/deals', json([doors]))).status).toBe(200);
    expect(await (await ask('GET /v3/deals/d-1')).json()).toEqual(doors);
    expect(await (await ask('GET /v3/deals')).json()).toEqual({ count: 1, data: [doors] });
    expect((await ask('DELETE /v3/deals/d-1')).status).toBe(200);
    expect(await (await ask('GET /v3/deals')).json()).toEqual({ count: 0, data: [] });
  });

  it.each([
    ['no client', { ...doors, contacts: [] }, 'contacts'],
    ['eleven clients', { ...doors, contacts: Array.from({ length: 11 }, (_, at) => `c-${at}`) }, 'contacts'],
    ['no address', { ...doors, uri: '' }, 'uri'],
    ['no state', { ...doors, closed: undefined }, 'closed'],
  ])('cannot have %s', async (_what, body, field) => {
    const answer = await chatWith(createWorld(), 'v3')('POST /v3/deals', json([body]));
    expect(await answer.json()).toMatchObject({ error: 'INVALID_DEALS_DATA', data: [{ fields: [field] }] });
  });
});

it.each([
  ['contacts', anna],
  ['deals', doors],
])('%s with the same id twice in a call make the service fail, and nothing is kept', async (kind, one) => {
  const world = createWorld();
  const answer = await chatWith(world, 'v3')(`POST /v3/${kind}`, json([one, { ...one, name: 'Again' }]));
  expect([answer.status, await answer.text()]).toEqual([500, '']);
  expect([world.chat.contacts.size, world.chat.deals.size]).toEqual([0, 0]);
});

describe('pipelines', () => {
  it('are kept as sent; a pipeline may have no list of stages, but not an empty one', async () => {
    const ask = chatWith(createWorld(), 'v3');
    const pipelines = [
      { id: 'p1', name: 'Sales', stages: [{ id: 's1', name: 'New' }] },
      { id: 'p2', name: 'Support' },
    ];
    expect((await ask('POST /v3/pipelines', json(pipelines))).status).toBe(200);
    expect((await ask('POST /v3/pipelines', json([{ id: 'p3', name: 'Empty', stages: [] }]))).status).toBe(
      400,
    );
    expect(await (await ask('GET /v3/pipelines')).json()).toEqual(pipelines);
  });
});
