/** What a page in a frame reads and writes in Pipedrive, through our server, as one person. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passedAs, type Passed } from '../../../support/pipedrive-pass.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';

let crm: Passed;
beforeEach(async () => {
  crm = await passedAs(SELLER_A);
});
afterEach(() => crm.close());

const anna = { name: 'Anna', phones: ['+7 916 000-00-01', '8 916 000 00 02'], ownerId: SELLER_B };

describe('a contact', () => {
  it('comes with its phones, its owner and where people open it', async () => {
    const { company, records } = crm;
    const { id } = company.addPerson(anna);
    expect(await records.contact(String(id))).toEqual({
      id: String(id),
      name: 'Anna',
      ownerId: String(SELLER_B),
      phones: anna.phones,
      dealIds: [],
      address: `https://acme.pipedrive.com/person/${id}`,
      readAt: expect.any(Number),
    });
  });

  it.each(['deleted', 'never there', 'hidden from me'])('is missing when it is %s', async what => {
    const { company, records } = crm;
    const { id } = company.addPerson({ ...anna, visibleTo: what === 'hidden from me' ? 1 : 3 });
    if (what === 'deleted') company.deletePerson(ADMIN, id);
    const asked = what === 'never there' ? id + 1 : id;
    await expect(records.contact(String(asked))).rejects.toMatchObject({ code: 'missing', service: 'crm' });
  });

  it('gets another owner by one write of one field', async () => {
    const { company, records, asked } = crm;
    const { id } = company.addPerson({ ...anna, ownerId: SELLER_A });
    await records.setOwner(String(id), String(SELLER_B));
    expect(company.persons.get(id)?.ownerId).toBe(SELLER_B);
    expect(asked).toEqual([`PATCH v2/persons/${id}`]);
  });

  it('that I may not give away is forbidden, and stays whose it is', async () => {
    const { company, records } = crm;
    const { id } = company.addPerson(anna);
    const me = company.users.get(SELLER_A);
    if (me) me.rights.changeOwner = false;
    await expect(records.setOwner(String(id), String(SELLER_A))).rejects.toMatchObject({
      code: 'forbidden',
      service: 'crm',
    });
    expect(company.persons.get(id)?.ownerId).toBe(SELLER_B);
  });

  it('is written only while that is still wanted', async () => {
    const { company, records, asked } = crm;
    const { id } = company.addPerson(anna);
    await expect(records.setOwner(String(id), String(SELLER_A), () => false)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(asked).toEqual([]);
  });
});

describe('several contacts', () => {
  it('are read by one request; a single one by the one that costs a tenth', async () => {
    const { company, records, asked } = crm;
    const ids = [company.addPerson(anna), company.addPerson({ ...anna, name: 'Boris' })].map(
      ({ id }) => `${id}`,
    );
    expect((await records.contacts(ids)).map(({ name }) => name)).toEqual(['Anna', 'Boris']);
    expect((await records.contacts(ids.slice(0, 1))).map(({ name }) => name)).toEqual(['Anna']);
    expect(asked.map(one => one.split('?')[0])).toEqual(['GET v2/persons', `GET v2/persons/${ids[0]}`]);
  });

  it('are those that I may see, and none where there is nobody to ask about', async () => {
    const { company, records } = crm;
    const { id } = company.addPerson({ ...anna, visibleTo: 1 });
    expect(await records.contacts([String(id)])).toEqual([]);
    expect(await records.contacts([])).toEqual([]);
  });
});

describe('deals', () => {
  it('of a person are the open ones, each with where it stands', async () => {
    const { company, records } = crm;
    const person = company.addPerson(anna);
    const deal = company.addDeal({ title: 'Doors', personId: person.id, ownerId: SELLER_B });
    expect(await records.dealsOf({ id: String(person.id), dealIds: [] })).toEqual([
      {
        id: String(deal.id),
        name: 'Doors',
        ownerId: String(SELLER_B),
        pipelineId: String(deal.pipelineId),
        stageId: String(deal.stageId),
        isOpen: true,
        address: `https://acme.pipedrive.com/deal/${deal.id}`,
      },
    ]);
  });

  it('name whose they are about, or nobody', async () => {
    const { company, records } = crm;
    const person = company.addPerson(anna);
    const one = company.addDeal({ title: 'Doors', personId: person.id, ownerId: SELLER_B });
    expect((await records.deal(String(one.id))).contactIds).toEqual([String(person.id)]);
  });

  it('change hands one after another', async () => {
    const { company, records, asked } = crm;
    const person = company.addPerson({ ...anna, ownerId: SELLER_A });
    const ids = ['Doors', 'Windows'].map(
      title => company.addDeal({ title, personId: person.id, ownerId: SELLER_A }).id,
    );
    await records.setDealOwners(ids.map(String), String(SELLER_B));
    expect(ids.map(id => company.deals.get(id)?.ownerId)).toEqual([SELLER_B, SELLER_B]);
    expect(asked).toEqual(ids.map(id => `PATCH v2/deals/${id}`));
  });
});

describe('the log', () => {
  it('tells who became responsible, by whom and when, in the order of time', async () => {
    const { company, records, world } = crm;
    const { id } = company.addPerson(anna);
    company.assignPerson(ADMIN, id, SELLER_A);
    world.clock.advance(60_000);
    company.assignPerson(SELLER_A, id, SELLER_B);
    const changes = await records.ownerChangesOf([String(id)], 0);
    const inTime = [...changes].sort((one, other) => (one.id < other.id ? -1 : 1));
    expect(inTime.map(({ by, before, after }) => [by, before, after].map(Number))).toEqual([
      [ADMIN, SELLER_B, SELLER_A],
      [SELLER_A, SELLER_A, SELLER_B],
    ]);
    const [first, second] = inTime;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(60);
  });

  it('is not asked about what came before', async () => {
    const { company, records, world } = crm;
    const { id } = company.addPerson(anna);
    company.assignPerson(ADMIN, id, SELLER_A);
    world.clock.advance(600_000);
    const since = Math.floor(world.clock.now() / 1000) - 60;
    expect(await records.ownerChangesOf([String(id)], since)).toEqual([]);
  });
});

describe('people and pipelines', () => {
  it('are all there, admins and those who have left told apart', async () => {
    await crm.close();
    crm = await passedAs(ADMIN, company => company.changeUser(ADMIN, SELLER_B, { isActive: false }));
    const { items, notUnderstood } = await crm.records.employees();
    expect(notUnderstood).toBe(0);
    expect(items.map(({ id, active, admin }) => [Number(id), active, admin])).toEqual(
      [...crm.company.users.values()].map(({ id }) => [id, id !== SELLER_B, id === ADMIN]),
    );
  });

  it('have stages in their order', async () => {
    const { items } = await crm.records.pipelines();
    expect(items).toEqual(
      crm.company.pipelines.map(({ id, name }) => ({
        id: String(id),
        name,
        stages: crm.company.stages
          .filter(stage => stage.pipelineId === id)
          .map(stage => ({ id: String(stage.id), name: stage.name })),
      })),
    );
  });
});
