/** "I'm responsible" in Pipedrive, through the whole server: written in the seller's name, with the true outcome. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { Person } from '../world/pipedrive/persons.ts';
import { patient, pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';
import { outside } from '../mocks/outside.ts';

const plan = { deals: null, note: null, task: null, answer: null, undoes: null };

describe('a claim', () => {
  let office: PipedriveOffice;
  let company: Company;
  let client: Person;
  beforeAll(async () => {
    office = await pipedriveOffice();
    ({ company } = office);
    for (const id of [ADMIN, SELLER_A]) await office.allow(id);
    await office.allow(SELLER_B);
  });
  afterAll(() => office.open.close());
  beforeEach(() => {
    office.strike = null;
    client = company.addPerson({ name: 'Anna', ownerId: ADMIN });
  });
  const take = async (who: number, press: string = crypto.randomUUID()): Promise<unknown> => {
    const claim = { press, contact: String(client.id), base: String(ADMIN), to: String(who), plan };
    return (await office.ask(who, 'POST /claims/take', { claim })).json();
  };
  const actors = (): unknown[] =>
    company.changelog
      .of('person', client.id)
      .filter(({ fieldKey }) => fieldKey === 'owner_id')
      .map(({ actor }) => actor.userId);

  it('is written once, in the name of the seller who claims', async () => {
    expect(await take(SELLER_A)).toMatchObject({ kind: 'written', contact: { ownerId: String(SELLER_A) } });
    expect([client.ownerId, actors()]).toEqual([SELLER_A, [SELLER_A]]);
  });

  it('is granted to one of two sellers who claim at once', async () => {
    const answers = await Promise.all([take(SELLER_A), take(SELLER_B)]);
    expect(answers).toContainEqual(expect.objectContaining({ kind: 'written' }));
    expect(answers.filter(one => JSON.stringify(one).includes('"written"'))).toHaveLength(1);
    expect(actors()).toHaveLength(1);
  });

  it('is refused to a seller without the right, and is not made with another grant', async () => {
    const seller = company.users.get(SELLER_B);
    if (seller) seller.rights.changeOwner = false;
    expect(await take(SELLER_B)).toMatchObject({ kind: 'forbidden' });
    expect([client.ownerId, actors()]).toEqual([ADMIN, []]);
  });

  it('counts as written if the daily budget runs out after the write and before the next read', async () => {
    let isWritten = false;
    office.strike = async ({ method, url }) => {
      if (!url.includes(`/persons/${client.id}`)) return undefined;
      if (isWritten && method === 'GET') return Response.json({ success: false }, { status: 429 });
      isWritten ||= method === 'PATCH';
      return undefined;
    };
    expect(await take(SELLER_A)).toMatchObject({ kind: 'written' });
    expect(client.ownerId).toBe(SELLER_A);
  });

  it.each([
    ['before the client is read', 'GET'],
    ['before it is written', 'PATCH'],
  ])('is not made if the daily budget runs out %s, and the page learns why', async (_, from) => {
    const gone = { status: 429, headers: { 'x-daily-ratelimit-token-remaining': '0' } };
    office.strike = async ({ method, url }) =>
      method === from && url.includes('/persons/') ? Response.json({ success: false }, gone) : undefined;
    expect(await take(SELLER_A)).toMatchObject({ kind: 'budget-gone' });
    expect([client.ownerId, actors()]).toEqual([ADMIN, []]);
    office.strike = null;
    expect(await take(SELLER_A)).toMatchObject({ kind: 'written' });
  });

  it('reports a busy CRM as unreachable, not as a used-up budget', async () => {
    office.strike = async ({ url }) =>
      url.includes('/persons/') ? Response.json({ success: false }, { status: 429 }) : undefined;
    expect(await take(SELLER_A)).toMatchObject({ kind: 'unreachable' });
  });

  it('is checked in the CRM and not repeated if its write gets no answer', async () => {
    const press = crypto.randomUUID();
    office.strike = async ({ method }) => (method === 'PATCH' ? 'lost' : undefined);
    expect(await take(SELLER_A, press)).toMatchObject({ kind: 'written' });
    office.strike = null;
    expect(await take(SELLER_A, press)).toMatchObject({ kind: 'written' });
    expect(actors()).toEqual([SELLER_A]);
  });

  it('for a colleague is not written after its grant has lapsed, even if reading took that long', async () => {
    const claim = {
      press: crypto.randomUUID(),
      contact: String(client.id),
      base: String(ADMIN),
      to: String(HEAD_OF_SALES),
      plan,
    };
    office.strike = async ({ url }) => {
      if (url.endsWith(`/v1/users/${HEAD_OF_SALES}`)) office.world.clock.advance(31_000);
      return undefined;
    };
    const answer = await office.ask(SELLER_A, 'POST /claims/take', { claim });
    expect(await answer.json()).toMatchObject({ kind: 'unreachable' });
    expect([client.ownerId, actors()]).toEqual([ADMIN, []]);
  });

  it('for a colleague who has left is refused, even if the CRM would accept it', async () => {
    company.changeUser(ADMIN, HEAD_OF_SALES, { isActive: false });
    const claim = {
      press: crypto.randomUUID(),
      contact: String(client.id),
      base: String(ADMIN),
      to: String(HEAD_OF_SALES),
      plan,
    };
    const answer = await office.ask(SELLER_A, 'POST /claims/take', { claim });
    expect(await answer.json()).toMatchObject({ kind: 'refused' });
    expect([client.ownerId, actors()]).toEqual([ADMIN, []]);
    company.changeUser(ADMIN, HEAD_OF_SALES, { isActive: true });
  });

  it('counts once if its hook comes before the answer to the write', async () => {
    await office.hooksKept();
    let isHeld = false;
    office.strike = async ({ method, url, headers }) => {
      if (isHeld || method !== 'PATCH') return undefined;
      isHeld = true;
      const body = JSON.stringify({ owner_id: SELLER_A });
      const written = await outside(office.world)(new Request(url, { method: 'PATCH', headers, body }));
      await office.world.settled();
      return written;
    };
    expect(await take(SELLER_A)).toMatchObject({ kind: 'written' });
    while (await office.following.follower.step(patient()));
    const told = await office.following.claims.ownerEvents.since(
      await office.accountId(),
      String(client.id),
      0,
    );
    expect(told).toMatchObject([{ before: String(ADMIN), after: String(SELLER_A), by: String(SELLER_A) }]);
    const latest = await (await office.ask(SELLER_A, `GET /claims?contact=${client.id}`)).json();
    expect(latest.claim).toMatchObject({ state: 'stands', owner: String(SELLER_A) });
    expect(actors()).toEqual([SELLER_A]);
  });

  it.each([
    ['lite', 3, 'written'],
    ['premium', 1, 'missing'],
    ['premium', 7, 'written'],
  ] as const)('on the plan %s, for a client with visibility %i, is %s', async (known, visibleTo, kind) => {
    const { plan: before } = company;
    company.plan = known;
    client = company.addPerson({ name: 'Boris', ownerId: ADMIN, visibleTo });
    expect(await take(SELLER_A)).toMatchObject({ kind });
    company.plan = before;
  });

  it('is not made for a seller who has given no access', async () => {
    office.world.pipedrive.oauth.end(company, SELLER_A);
    expect(await take(SELLER_A)).not.toMatchObject({ kind: 'written' });
    expect(client.ownerId).toBe(ADMIN);
  });
});
