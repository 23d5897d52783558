import { describe, expect, it } from 'vitest';
import { seconds, standingClock } from '../../../world/clock.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { crmAs, json } from '../ask.ts';

const note = (text: string, more: object = {}): object => ({
  note_type: 'common',
  params: { text },
  ...more,
});

/** A contact and a deal, and the addresses of their notes. */
function places(world: World): Record<'contacts' | 'leads', { id: number; address: string }> {
  const contact = world.crm.addContact('Anna', [], NOBODY);
  const lead = world.crm.addLead('Doors', [contact.id], NOBODY);
  return {
    contacts: { id: contact.id, address: `/api/v4/contacts/${contact.id}/notes` },
    leads: { id: lead.id, address: `/api/v4/leads/${lead.id}/notes` },
  };
}

describe.each(['contacts', 'leads'] as const)('notes of %s', kind => {
  it('are written in lists, answered by request_id, and listed in order', async () => {
    const world = createWorld({ clock: standingClock() });
    const { id, address } = places(world)[kind];
    const ask = crmAs(world, SELLER_A);
    const answer = await ask(`POST ${address}`, json([note('First', { request_id: 'one' }), note('Second')]));
    expect(await answer.json()).toMatchObject({
      _embedded: {
        notes: [
          { id: expect.any(Number), entity_id: id, request_id: 'one' },
          { entity_id: id, request_id: '1' },
        ],
      },
    });
    expect(await (await ask(`GET ${address}`)).json()).toMatchObject({
      _embedded: {
        notes: [
          {
            entity_id: id,
            note_type: 'common',
            params: { text: 'First' },
            created_by: SELLER_A,
            created_at: seconds(world.clock),
          },
          { params: { text: 'Second' } },
        ],
      },
    });
  });

  it('are none at first, and belong to one record only', async () => {
    const world = createWorld();
    const { address } = places(world)[kind];
    const { address: elsewhere } = places(world)[kind];
    const ask = crmAs(world, SELLER_A);
    await ask(`POST ${elsewhere}`, json([note('Other')]));
    expect((await ask(`GET ${address}`)).status).toBe(204);
  });

  it.each([
    ['a note that is not in a list', note('Text')],
    ['no text', [note('')]],
    ['nothing', []],
  ])('refuse %s', async (_what, body) => {
    const world = createWorld();
    const { address } = places(world)[kind];
    expect((await crmAs(world, SELLER_A)(`POST ${address}`, json(body))).status).toBe(400);
    expect(world.crm.notes).toEqual([]);
  });

  it('are hidden from an employee who may not see their record', async () => {
    const world = createWorld();
    const { id, address } = places(world)[kind];
    world.crm.addNote(SELLER_B, { entityType: kind, entityId: id }, 'Told among others');
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.contacts.view = 'M';
    const ask = crmAs(world, SELLER_A);
    expect((await ask(`GET ${address}`)).status).toBe(204);
    expect((await ask(`POST ${address}`, json([note('Text')]))).status).toBe(404);
    expect(world.crm.notes).toHaveLength(1);
  });
});

it('notes are sorted as requested, and may be written in the name of the robot', async () => {
  const world = createWorld();
  const { address } = places(world).contacts;
  const ask = crmAs(world, SELLER_A);
  expect(
    (await ask(`POST ${address}`, json([note('First', { created_by: 0 }), note('Second')]))).status,
  ).toBe(200);
  expect((await ask(`POST ${address}`, json([note('Third', { created_by: 404_404 })]))).status).toBe(400);
  expect(
    await (await ask(`GET ${address}?order[id]=desc&filter[note_type]=common&limit=250`)).json(),
  ).toMatchObject({
    _embedded: {
      notes: [
        { params: { text: 'Second' }, created_by: SELLER_A },
        { params: { text: 'First' }, created_by: 0 },
      ],
    },
  });
});
