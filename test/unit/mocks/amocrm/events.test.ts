import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { seconds, standingClock } from '../../../world/clock.ts';
import type { CrmContact } from '../../../world/crm.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { crmAs } from '../ask.ts';
import { told } from '../../told.ts';

const events = v.pipe(
  v.object({ _embedded: v.object({ events: v.array(v.looseObject({ id: v.string() })) }) }),
  v.transform(({ _embedded: found }) => found.events),
);

const start = seconds(standingClock());

/** Anna goes from the stand-in to A at 10 s, and to B at 20 s; Boris goes to B at 20 s; a deal goes to A at 30 s. */
function pastOf(): { world: World; anna: CrmContact; boris: CrmContact } {
  const world = createWorld({ clock: standingClock() });
  const { crm, clock } = world;
  const anna = crm.addContact('Anna', [], NOBODY);
  const boris = crm.addContact('Boris', [], NOBODY);
  const lead = crm.addLead('Doors', [], NOBODY);
  clock.advance(10_000);
  crm.assignContact(SELLER_A, anna.id, SELLER_A);
  clock.advance(10_000);
  crm.assignContact(HEAD_OF_SALES, anna.id, SELLER_B);
  crm.assignContact(SELLER_B, boris.id, SELLER_B);
  clock.advance(10_000);
  crm.assignLead(SELLER_A, lead.id, SELLER_A);
  return { world, anna, boris };
}

async function found(world: World, query: string, as = ADMIN): Promise<v.InferOutput<typeof events>> {
  const answer = await crmAs(world, as)(`GET /api/v4/events?${query}`);
  if (answer.status === 204) return [];
  expect(answer.status).toBe(200);
  return told(answer, events);
}

describe('GET /api/v4/events', () => {
  it('lists changes of the responsible, the newest first, with the values before and after', async () => {
    const { world, anna } = pastOf();
    const changes = await found(world, `filter[entity]=contact&filter[entity_id][]=${anna.id}`);
    expect(changes).toMatchObject([
      {
        type: 'entity_responsible_changed',
        entity_type: 'contact',
        entity_id: anna.id,
        created_by: HEAD_OF_SALES,
        created_at: start + 20,
        value_before: [{ responsible_user: { id: SELLER_A } }],
        value_after: [{ responsible_user: { id: SELLER_B } }],
      },
      { created_by: SELLER_A, created_at: start + 10, value_before: [{ responsible_user: { id: NOBODY } }] },
    ]);
    const ids = changes.map(({ id }) => id);
    expect(ids.toSorted().toReversed()).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it.each([
    ['', 4],
    ['filter[entity]=contact', 3],
    ['filter[entity]=lead', 1],
    ['filter[type]=entity_responsible_changed', 4],
    [`filter[created_by][]=${SELLER_A}`, 2],
    [`filter[created_by][]=${SELLER_A}&filter[created_by][]=${HEAD_OF_SALES}`, 3],
    [`filter[value_before][responsible_user_id]=${SELLER_A}`, 1],
    [`filter[value_after][responsible_user_id]=${SELLER_A},${SELLER_B}`, 4],
    [`filter[created_at]=${start + 10}`, 3],
    [`filter[created_at]=${start + 20}`, 1],
    [`filter[created_at][from]=${start + 20}`, 3],
    [`filter[created_at][from]=${start + 10}&filter[created_at][to]=${start + 20}`, 3],
  ])('with "%s" finds %i', async (query, count) => {
    expect(await found(pastOf().world, query)).toHaveLength(count);
  });

  it('finds the events of several contacts', async () => {
    const { world, anna, boris } = pastOf();
    const ids = `filter[entity_id][]=${anna.id}&filter[entity_id][]=${boris.id}`;
    const changes = await found(world, `filter[entity]=contact&${ids}`);
    expect(changes.map(({ entity_id: id }) => id)).toEqual([boris.id, anna.id, anna.id]);
  });

  it('shows a change after its lag, so later and possibly in another order', async () => {
    const world = createWorld({ clock: standingClock() });
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    world.oddities.eventLagMs = 3000;
    world.crm.assignContact(SELLER_A, id, SELLER_A);
    world.oddities.eventLagMs = 1000;
    world.crm.assignContact(SELLER_B, id, SELLER_B);
    const authors = async (): Promise<unknown[]> => (await found(world, '')).map(one => one['created_by']);
    expect(await authors()).toEqual([]);
    world.clock.advance(1000);
    expect(await authors()).toEqual([SELLER_B]);
    world.clock.advance(1999);
    expect(await authors()).toEqual([SELLER_B]);
    world.clock.advance(1);
    expect(await authors()).toEqual([SELLER_B, SELLER_A]);
  });

  it('hides events of contacts that the employee may not see', async () => {
    const { world, anna } = pastOf();
    const seller = world.crm.users.get(SELLER_A);
    if (seller) seller.contacts.view = 'M';
    expect(await found(world, `filter[entity]=contact&filter[entity_id][]=${anna.id}`, SELLER_A)).toEqual([]);
  });

  it('comes in pages of at most 100, and is empty past the end', async () => {
    const world = createWorld();
    const { id } = world.crm.addContact('Anna', [], NOBODY);
    for (let at = 0; at < 120; at += 1)
      world.crm.assignContact(ADMIN, id, at % 2 === 0 ? SELLER_A : SELLER_B);
    expect(await found(world, 'limit=100')).toHaveLength(100);
    expect(await found(world, 'limit=100&page=2')).toHaveLength(20);
    expect((await crmAs(world, ADMIN)('GET /api/v4/events?limit=100&page=3')).status).toBe(204);
    expect((await crmAs(world, ADMIN)('GET /api/v4/events?limit=101')).status).toBe(422);
  });

  it.each([
    ['ids without a kind of entity', 'filter[entity_id][]=1'],
    ['ids of two kinds', 'filter[entity_id][]=1&filter[entity]=contact,lead'],
    [
      'eleven ids',
      `filter[entity]=contact&${Array.from({ length: 11 }, (_, id) => `filter[entity_id][]=${id}`).join('&')}`,
    ],
  ])('refuses %s', async (_what, query) => {
    expect((await crmAs(createWorld(), ADMIN)(`GET /api/v4/events?${query}`)).status).toBe(400);
  });
});
