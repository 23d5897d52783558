/** What a page beside a deal gets from the server: the deal's client, and whether the deal has other people. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { Person } from '../world/pipedrive/persons.ts';
import { pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';

const asked = ({ sent }: PipedriveOffice): string[] =>
  sent.map(one => one.replace('https://acme.pipedrive.com/api/', ''));

describe('a page beside a deal', () => {
  let office: PipedriveOffice;
  let company: Company;
  let client: Person;
  beforeAll(async () => {
    office = await pipedriveOffice();
    ({ company } = office);
    client = company.addPerson({ name: 'Anna', phones: [], ownerId: SELLER_A });
    await office.allow(ADMIN);
    await office.allow(SELLER_A);
    // The list of employees is already read.
    await office.ask(SELLER_A, 'GET /page');
  });
  afterAll(() => office.open.close());
  beforeEach(() => void (office.sent.length = 0));

  it('learns the deal’s client, or that the deal has none', async () => {
    const [theirs, nobodys] = [client.id, null].map(personId =>
      company.addDeal({ title: 'Ten', ownerId: SELLER_A, personId }),
    );
    const of = async (id: number | undefined) =>
      (await (await office.ask(SELLER_A, `GET /page?resource=deal&id=${id}`)).json()).client;
    expect(await of(theirs?.id)).toMatchObject({
      contactId: String(client.id),
      dealId: String(theirs?.id),
      dealIds: [String(theirs?.id)],
    });
    expect(await of(nobodys?.id)).toEqual({
      contactId: null,
      dealId: String(nobodys?.id),
      hasOthers: false,
    });
  });

  it('learns that the deal has participants, at no extra cost', async () => {
    const other = company.addPerson({ name: 'Boris', ownerId: ADMIN });
    const hidden = company.addPerson({ name: 'Zoe', ownerId: ADMIN, visibleTo: 1 });
    const of = async (personId: number | null) => {
      const { id } = company.addDeal({
        title: 'Ten',
        ownerId: SELLER_A,
        personId,
        participantIds: [other.id],
      });
      office.sent.length = 0;
      const page = await (await office.ask(SELLER_A, `GET /page?resource=deal&id=${id}`)).json();
      return [page.client.contactId, page.client.hasOthers, asked(office).length];
    };
    expect(await of(client.id)).toEqual([String(client.id), true, 2]);
    expect(await of(null)).toEqual([null, true, 1]);
    // People whom this employee may not see are not mentioned.
    expect(await of(hidden.id)).toEqual([null, true, 2]);
  });

  it('learns the same about a chosen person as a person’s page does, and the deal as well', async () => {
    const deal = company.addDeal({ title: 'Ten', ownerId: SELLER_A });
    const answer = await office.ask(SELLER_A, `GET /page?resource=person&id=${client.id}&deal=${deal.id}`);
    expect((await answer.json()).client).toMatchObject({
      contactId: String(client.id),
      dealId: String(deal.id),
      hasOthers: true,
      name: 'Anna',
    });
    expect(asked(office)).toEqual([`GET v2/persons/${client.id}`]);
  });
});
