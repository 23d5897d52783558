/** The words in which the API refuses. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { connectedPipedrive } from '../../../support/listening-pipedrive.ts';

describe('a change of owner', () => {
  it('without the right to make it is refused in exactly these words', async () => {
    const { company, ask } = await connectedPipedrive(SELLER_B);
    Object.assign(company.users.get(SELLER_B)?.rights ?? {}, { changeOwner: false });
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const refused = await ask(`PATCH /api/v2/persons/${id}`, { json: { owner_id: SELLER_B } });
    expect([refused.status, await refused.json(), company.persons.get(id)?.ownerId]).toEqual([
      403,
      {
        success: false,
        error: 'You do not have permission to change the owner.',
        error_info: 'Please check developers.pipedrive.com for more information about Pipedrive API.',
        data: null,
        additional_data: null,
      },
      SELLER_A,
    ]);
  });

  it('hides the record from its old owner, who still gets the answer to their change', async () => {
    const { company, ask } = await connectedPipedrive(SELLER_A);
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    const changed = await ask(`PATCH /api/v2/persons/${id}`, { json: { owner_id: SELLER_B } });
    expect((await changed.json()).data.owner_id).toBe(SELLER_B);
    expect((await ask(`GET /api/v2/persons/${id}`)).status).toBe(403);
  });
});

describe('a hidden record', () => {
  it.each([403, 404] as const)('is %i when it is a person, and is never in a list', async status => {
    const { world, company, ask, read } = await connectedPipedrive(SELLER_B);
    world.pipedrive.oddities.hiddenPerson = status;
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    const statuses = [
      (await ask(`GET /api/v2/persons/${id}`)).status,
      (await ask(`PATCH /api/v2/persons/${id}`, { json: { owner_id: SELLER_B } })).status,
      (await ask(`GET /api/v1/persons/${id}/changelog`)).status,
    ];
    expect([statuses, (await read('/api/v2/persons')).data]).toEqual([[status, status, status], []]);
  });

  it('is 403 when it is a deal, also where a person is 404', async () => {
    const { world, company, ask } = await connectedPipedrive(SELLER_B);
    world.pipedrive.oddities.hiddenPerson = 404;
    const { id } = company.addDeal({ title: 'Doors', ownerId: SELLER_A, visibleTo: 1 });
    expect((await ask(`GET /api/v2/deals/${id}`)).status).toBe(403);
  });
});

describe('permittedUsers', () => {
  it('lists everybody who may see a record', async () => {
    const { company, read } = await connectedPipedrive();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    expect((await read(`/api/v1/persons/${id}/permittedUsers`)).data).toEqual([ADMIN, SELLER_A]);
  });
});

describe('a company that does not pay', () => {
  it('answers everything with 402', async () => {
    const { company, ask } = await connectedPipedrive();
    company.isClosed = true;
    expect((await ask('GET /api/v1/users/me')).status).toBe(402);
  });
});

describe('accidents', () => {
  it.each([
    ['too-many', 429],
    ['unpaid', 402],
    ['no-rights-244', 403],
    ['forbidden-json', 403],
    ['unauthorized', 401],
    ['server-error', 500],
  ] as const)('like "%s" are answered in Pipedrive’s own words', async (fault, status) => {
    const { world, ask } = await connectedPipedrive();
    world.disturbances.add(/users\/me/, fault);
    const refused = await ask('GET /api/v1/users/me');
    expect([refused.status, await refused.json()]).toEqual([
      status,
      expect.objectContaining({ success: false }),
    ]);
  });

  it('can be a 403 page of the proxy in front of it', async () => {
    const { world, ask } = await connectedPipedrive();
    world.disturbances.add(/users\/me/, 'forbidden-html');
    const refused = await ask('GET /api/v1/users/me');
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('Cloudflare')]);
  });
});
