/** The requests that pages may send to Pipedrive through the server, and the answers in case of failures. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { Person } from '../world/pipedrive/persons.ts';
import { patient, pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';

const codeOf = async (answer: Response): Promise<unknown> => [answer.status, (await answer.json()).error];

describe('the pass to Pipedrive', () => {
  let office: PipedriveOffice;
  let company: Company;
  let client: Person;
  beforeAll(async () => {
    office = await pipedriveOffice();
    ({ company } = office);
    client = company.addPerson({ name: 'Anna', phones: [], ownerId: SELLER_A });
    await office.allow(ADMIN);
    await office.allow(SELLER_A);
  });
  afterAll(() => office.open.close());
  beforeEach(() => {
    office.sent.length = 0;
    office.strike = null;
  });

  it('returns the CRM’s own status and body', async () => {
    const read = await office.ask(SELLER_A, `GET /crm/v2/persons/${client.id}`);
    expect([read.status, await read.json()]).toMatchObject([
      200,
      { success: true, data: { owner_id: SELLER_A } },
    ]);
    const given = await office.ask(SELLER_A, `PATCH /crm/v2/persons/${client.id}`, { owner_id: SELLER_B });
    expect([given.status, client.ownerId]).toEqual([200, SELLER_B]);
    const seller = company.users.get(SELLER_A);
    if (seller) seller.rights.changeOwner = false;
    const refused = await office.ask(SELLER_A, `PATCH /crm/v2/persons/${client.id}`, { owner_id: SELLER_A });
    expect([refused.status, (await refused.json()).error]).toEqual([
      403,
      'You do not have permission to change the owner.',
    ]);
    expect((await office.ask(SELLER_A, 'GET /crm/v2/persons/999999')).status).toBe(404);
  });

  it('writes in the name of the person who asks', async () => {
    await office.ask(ADMIN, `PATCH /crm/v2/persons/${client.id}`, { owner_id: SELLER_A });
    const log = await office.ask(ADMIN, `GET /crm/v1/persons/${client.id}/changelog?limit=10`);
    expect((await log.json()).data[0]).toMatchObject({
      actor_user_id: ADMIN,
      field_key: 'owner_id',
      new_value: String(SELLER_A),
    });
  });

  it('accepts each request that pages make', async () => {
    const deal = company.addDeal({ title: 'Ten', ownerId: SELLER_A, personId: client.id });
    const about = { subject: 'Call', type: 'task', ownerId: SELLER_A, personId: client.id, dealId: null };
    const activity = company.addActivity({ userId: SELLER_A }, about);
    const questions: readonly (readonly [string, unknown?])[] = [
      ['GET /crm/v1/users'],
      [`GET /crm/v2/persons?ids=${client.id}&limit=100`],
      [`GET /crm/v2/persons?deal_id=${deal.id}&limit=100`],
      [`GET /crm/v2/deals?person_id=${client.id}&status=open&limit=500`],
      [`GET /crm/v2/deals/${deal.id}`],
      [`PATCH /crm/v2/deals/${deal.id}`, { owner_id: SELLER_A }],
      ['GET /crm/v2/pipelines?limit=500'],
      ['GET /crm/v2/stages?limit=500'],
      [`GET /crm/v1/notes?person_id=${client.id}&limit=100`],
      [`GET /crm/v2/activities?person_id=${client.id}&done=false&limit=100`],
      [`GET /crm/v2/activities/${activity.id}`],
    ];
    for (const [route, body] of questions) {
      const answer = await office.ask(SELLER_A, route, body);
      expect([route, answer.status]).toEqual([route, 200]);
    }
    expect(office.world.unhandledRequests).toEqual([]);
  });

  it.each([
    'GET /crm/v1/webhooks',
    'DELETE /crm/v2/persons/101',
    'GET /crm/v2/persons/101?include_fields=x',
    'GET /crm/v2/persons/101?limit=1',
    'GET /crm/v2/persons?ids=1&ids=2',
    'GET /crm/v2/persons/..%2f..%2foauth',
    'GET /crm/v2/persons/1%3Fx',
    'GET /crm/v1/../v1/webhooks',
    'POST /crm/v2/persons',
    'GET /crm//evil.example/',
  ])('refuses %s', async route => {
    const body = route.startsWith('POST') ? {} : undefined;
    expect(await codeOf(await office.ask(ADMIN, route, body))).toEqual([404, 'ROUTE_UNKNOWN']);
    expect(office.sent).toEqual([]);
  });

  it.each([
    { owner_id: String(SELLER_A) },
    { owner_id: SELLER_A, name: 'Another' },
    { visible_to: 7 },
    [],
    null,
  ])('refuses a body like %j', async body => {
    const answer = await office.ask(ADMIN, `PATCH /crm/v2/persons/${client.id}`, body);
    expect(await codeOf(answer)).toEqual([400, 'BODY_INVALID']);
    expect(office.sent).toEqual([]);
  });

  it('renews a token that the CRM refuses, and asks again', async () => {
    const { grants } = office.accounts;
    const before = await grants.access(await office.accountId(), patient(), String(SELLER_A));
    if (before.kind !== 'access') throw new Error('They have allowed us');
    office.world.pipedrive.oauth.revoke(before.token);
    expect((await office.ask(SELLER_A, `GET /crm/v2/persons/${client.id}`)).status).toBe(200);
  });

  it('says that the access has ended, and never returns the CRM’s 401', async () => {
    office.strike = async request =>
      request.url.includes('/api/') ? Response.json({ success: false }, { status: 401 }) : undefined;
    const answer = await office.ask(SELLER_A, `GET /crm/v2/persons/${client.id}`);
    expect(await codeOf(answer)).toEqual([403, 'GRANT_MISSING']);
    office.strike = null;
    await office.allow(SELLER_A);
  });

  it('says that the CRM is busy or that the daily budget is used up, and for how long', async () => {
    const { limits } = company;
    office.world.pipedrive.oddities.dailyHeaders = true;
    limits.areOn = true;
    limits.spend(limits.tokensLeft());
    const gone = await office.ask(SELLER_A, `GET /crm/v2/persons/${client.id}`);
    expect(Number(gone.headers.get('Retry-After'))).toBeGreaterThan(60);
    expect(await codeOf(gone)).toEqual([429, 'CRM_BUDGET_GONE']);
    limits.areOn = false;
    office.strike = async () => new Response('{}', { status: 429, headers: { 'x-ratelimit-reset': '2' } });
    const busy = await office.ask(SELLER_A, `GET /crm/v2/persons/${client.id}`);
    expect([busy.headers.get('Retry-After'), await codeOf(busy)]).toEqual(['2', [429, 'CRM_BUSY']]);
    office.strike = async () =>
      new Response('<html>', { status: 403, headers: { 'Content-Type': 'text/html' } });
    expect(await codeOf(await office.ask(SELLER_A, `GET /crm/v2/persons/${client.id}`))).toEqual([
      429,
      'CRM_BUSY',
    ]);
    office.strike = async () => new Response('down', { status: 502 });
    expect(await codeOf(await office.ask(SELLER_A, `GET /crm/v2/persons/${client.id}`))).toEqual([
      502,
      'CRM_UNREACHABLE',
    ]);
  });

  it('stops a page that asks without end, and still answers a colleague', async () => {
    const flood = await Promise.all(
      Array.from({ length: 40 }, () => office.ask(SELLER_A, 'GET /crm/v1/users')),
    );
    const statuses = flood.map(({ status }) => status);
    expect(statuses.filter(status => status === 429).length).toBeGreaterThan(15);
    expect((await office.ask(ADMIN, `GET /crm/v2/persons/${client.id}`)).status).toBe(200);
  });
});
