/** What a framed page reads and writes in Pipedrive, through our server, as one person. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pipedriveRecords } from '../../../../widget/host/pipedrive/records.ts';
import { listen } from '../../../mocks/http.ts';
import { passedAs, type Passed } from '../../../support/pipedrive-pass.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';

let crm: Passed;
beforeEach(async () => {
  crm = await passedAs(SELLER_A);
});
afterEach(() => crm.close());

const anna = { name: 'Anna', phones: ['+7 916 000-00-01', '8 916 000 00 02'], ownerId: SELLER_B };

describe('a contact', () => {
  it('gets another owner by one write of one field', async () => {
    const { company, records, asked } = crm;
    const { id } = company.addPerson({ ...anna, ownerId: SELLER_A });
    await records.setOwner(String(id), String(SELLER_B));
    expect(company.persons.get(id)?.ownerId).toBe(SELLER_B);
    expect(asked).toEqual([`PATCH v2/persons/${id}`]);
  });
});

describe('a request beyond the daily budget', () => {
  it('is distinguished from a request that came too fast, and is not repeated', async () => {
    let asked = 0;
    const server = await listen(async () => {
      asked += 1;
      return Response.json({ error: 'CRM_BUDGET_GONE', description: 'Gone' }, { status: 429 });
    });
    const records = pipedriveRecords({
      gateway: server.origin,
      page: { origin: '', employee: () => undefined },
      proof: async () => 'a statement of the CRM',
    });
    await expect(records.contact('77')).rejects.toMatchObject({ service: 'crm', code: 'budget-gone' });
    expect(asked).toBe(1);
    await server.close();
  });
});

describe('several contacts', () => {
  it('are read by one request, and a single contact by the request that costs a tenth', async () => {
    const { company, records, asked } = crm;
    const ids = [company.addPerson(anna), company.addPerson({ ...anna, name: 'Boris' })].map(
      ({ id }) => `${id}`,
    );
    expect((await records.contacts(ids)).map(({ name }) => name)).toEqual(['Anna', 'Boris']);
    expect((await records.contacts(ids.slice(0, 1))).map(({ name }) => name)).toEqual(['Anna']);
    expect(asked.map(one => one.split('?')[0])).toEqual(['GET v2/persons', `GET v2/persons/${ids[0]}`]);
  });
});

describe('deals', () => {
  it('get a new owner one after another', async () => {
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

describe('the clients of a deal', () => {
  it.each([
    ['all', 2],
    // The main person is not in this list.
    ['participants', 3],
  ] as const)('are its main person and the linked ones, with a list of %s', async (linked, questions) => {
    const { company, records, asked, world } = crm;
    world.pipedrive.oddities.linkedPersons = linked;
    const [other, main] = ['Boris', 'Anna'].map(name => company.addPerson({ ...anna, name }).id);
    const participantIds = other === undefined ? [] : [other];
    const deal = company.addDeal({
      title: 'Doors',
      personId: main ?? null,
      participantIds,
      ownerId: SELLER_A,
    });
    const clients = await records.clientsOf(String(deal.id));
    expect(clients.map(({ name }) => name)).toEqual(['Anna', 'Boris']);
    expect(asked).toHaveLength(questions);
    expect(asked[1]).toBe(`GET v2/persons?deal_id=${deal.id}&limit=100`);
  });
});

describe('the log', () => {
  it('gives its entries ids that sort by time', async () => {
    const { company, records, world } = crm;
    const { id } = company.addPerson(anna);
    company.assignPerson(ADMIN, id, SELLER_A);
    world.clock.advance(60_000);
    company.assignPerson(SELLER_A, id, SELLER_B);
    const changes = await records.ownerChangesOf([String(id)], 0);
    const inOrder = changes.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    expect(inOrder.map(({ after }) => Number(after))).toEqual([SELLER_A, SELLER_B]);
  });
});
