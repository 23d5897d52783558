/** Failures in the middle of work, and employees who ask too much. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { Person } from '../world/pipedrive/persons.ts';
import { patient, pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';

const codeOf = async (answer: Response): Promise<unknown> => [answer.status, (await answer.json()).error];

describe('a company', () => {
  let office: PipedriveOffice;
  let company: Company;
  let client: Person;
  beforeAll(async () => {
    office = await pipedriveOffice();
    ({ company } = office);
    for (const who of [ADMIN, SELLER_A, SELLER_B]) await office.allow(who);
  });
  afterAll(() => office.open.close());
  beforeEach(() => {
    office.strike = null;
    client = company.addPerson({ name: 'Anna', phones: [], ownerId: SELLER_B });
    office.sent.length = 0;
  });

  it.each([
    ['is in maintenance', () => new Response('', { status: 503 })],
    ['is too busy', () => new Response('{}', { status: 429 })],
    ['is behind a page of its proxy', () => new Response('<html>', { status: 403 })],
  ])('keeps its grants if a token ends early while the token endpoint %s', async (_, answer) => {
    const { grants } = office.accounts;
    const accountId = await office.accountId();
    for (const who of [String(SELLER_A), undefined]) {
      const access = await grants.access(accountId, patient(), who);
      if (access.kind !== 'access') throw new Error('They have allowed us');
      office.world.pipedrive.oauth.revoke(access.token);
    }
    office.strike = async ({ url }) => (url.includes('oauth.pipedrive.com') ? answer() : undefined);
    const read = `GET /crm/v2/persons/${client.id}`;
    expect(await codeOf(await office.ask(SELLER_A, read))).toEqual([502, 'CRM_UNREACHABLE']);
    const crm = await office.accounts.crmOf(accountId);
    expect(await crm.letsIn(accountId, patient())).toBeNull();
    office.strike = null;
    expect((await office.ask(SELLER_A, read)).status).toBe(200);
    expect(await crm.letsIn(accountId, patient())).toBe(true);
    expect(await office.state()).toBe('active');
  });

  const claim = (base: number) => ({
    claim: {
      press: crypto.randomUUID(),
      contact: String(client.id),
      base: String(base),
      to: String(SELLER_A),
      plan: { deals: null, note: null, task: null, answer: null, undoes: null },
    },
  });

  it.each([
    ['its page', () => ({ route: `GET /page?resource=person&id=${client.id}`, body: undefined })],
    [
      'a claim of a client who has another owner by now',
      () => ({ route: 'POST /claims/take', body: claim(ADMIN) }),
    ],
  ])('loses little of its daily budget if an employee requests %s without end', async (_, asked) => {
    const { database } = office.open;
    await database.deleteFrom('pace').execute();
    const { route, body } = asked();
    expect((await office.ask(SELLER_A, route, body)).status).toBe(200);
    // As if they had sent requests for an hour.
    const { numUpdatedRows } = await database
      .updateTable('pace')
      .set({ nextAt: sql<Date>`next_at + interval '1 hour'` })
      .where('name', 'like', `pass % ${SELLER_A}`)
      .executeTakeFirst();
    expect(numUpdatedRows).toBe(1n);
    expect((await office.ask(SELLER_A, route, body)).status).toBe(429);
    expect((await office.ask(SELLER_B, route, body)).status).toBe(200);
  });

  it('gets hooks about all clients again after the administrator of the hooks has lost their rights', async () => {
    company.changeUser(ADMIN, HEAD_OF_SALES, { adminOf: ['global'] });
    await office.allow(ADMIN);
    await office.hooksKept();
    await office.allow(HEAD_OF_SALES);
    company.changeUser(HEAD_OF_SALES, ADMIN, { adminOf: [] });
    await office.world.settled();
    await office.errandsRun();
    await office.hooksKept();
    const hidden = company.addPerson({ name: 'Zoe', ownerId: SELLER_A, visibleTo: 1 });
    company.assignPerson(SELLER_A, hidden.id, SELLER_B);
    await office.world.settled();
    const { ownerEvents } = office.following.claims;
    expect(await ownerEvents.since(await office.accountId(), String(hidden.id), 0)).toMatchObject([
      { before: String(SELLER_A), after: String(SELLER_B) },
    ]);
    expect(
      company.webhooks
        .all()
        .map(one => one.eventObject)
        .sort(),
    ).toEqual(['deal', 'person', 'user']);
    company.changeUser(HEAD_OF_SALES, ADMIN, { adminOf: ['global'] });
  });
});
