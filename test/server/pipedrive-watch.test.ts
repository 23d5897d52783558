/** How an open panel learns that the client has another owner, without a request to the CRM. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signedToken } from '../mocks/pipedrive/signed-token.ts';
import { kinds } from '../support/databases.ts';
import { patient, pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { Person } from '../world/pipedrive/persons.ts';

const HOUR = 3_600_000;
const plan = { deals: null, note: null, task: null, answer: null, undoes: null };

describe('a page that watches a client', () => {
  let office: PipedriveOffice;
  let company: Company;
  let client: Person;
  let other: Person;
  beforeAll(async () => {
    office = await pipedriveOffice();
    ({ company } = office);
    for (const id of [ADMIN, SELLER_A, SELLER_B]) await office.allow(id);
  });
  afterAll(() => office.open.close());
  beforeEach(() => {
    client = company.addPerson({ name: 'Anna', ownerId: ADMIN });
    other = company.addPerson({ name: 'Boris', ownerId: ADMIN });
  });
  const watchOf = async (who: number, { id }: Person) =>
    (await (await office.ask(who, `GET /page?resource=person&id=${id}`)).json()).watch;
  const look = async (who: number, key: string): Promise<unknown> => {
    office.world.clock.advance(5000);
    const answer = await office.ask(who, `GET /changes?watch=${key}`);
    const { stamp, error } = await answer.json();
    return answer.ok ? stamp : [answer.status, error];
  };
  const take = async (who: number, { id, ownerId }: Person): Promise<unknown> => {
    const claim = {
      press: crypto.randomUUID(),
      contact: String(id),
      base: String(ownerId),
      to: String(who),
      plan,
    };
    return (await office.ask(who, 'POST /claims/take', { claim })).json();
  };
  const swept = async (): Promise<void> =>
    office.following.reconciling.reconcile(await office.accountId(), patient());

  it('gets the same answer as long as nothing changes, without a request to the CRM', async () => {
    const { key, stamp } = await watchOf(SELLER_B, client);
    office.sent.length = 0;
    expect([stamp, await look(SELLER_B, key), await look(SELLER_B, key)]).toEqual([null, null, null]);
    expect(office.sent).toEqual([]);
  });

  it('gets another answer after the server has written a colleague’s claim', async () => {
    const [watch, others] = [await watchOf(SELLER_B, client), await watchOf(SELLER_B, other)];
    expect(await take(SELLER_A, client)).toMatchObject({ kind: 'written' });
    const after = await look(SELLER_B, watch.key);
    expect([typeof after, after === watch.stamp]).toEqual(['string', false]);
    expect(await look(SELLER_B, others.key)).toBe(others.stamp);
    // A page that opens now already shows that owner.
    expect((await watchOf(SELLER_B, client)).stamp).toBe(after);
  });

  it('gets another answer after the log has shown a change that no hook reported', async () => {
    await swept();
    const [watch, others] = [await watchOf(SELLER_B, client), await watchOf(SELLER_B, other)];
    company.assignPerson(ADMIN, client.id, SELLER_A);
    await office.world.settled();
    expect(await look(SELLER_B, watch.key)).toBe(watch.stamp);
    await swept();
    const after = await look(SELLER_B, watch.key);
    expect(after).not.toBe(watch.stamp);
    expect(await look(SELLER_B, others.key)).toBe(others.stamp);
    await swept();
    expect(await look(SELLER_B, watch.key)).toBe(after);
  });

  describe('of a company with hooks', () => {
    beforeAll(() => office.hooksKept());

    it('gets another answer after a hook has reported the new owner', async () => {
      const [watch, others] = [await watchOf(SELLER_B, client), await watchOf(SELLER_B, other)];
      company.assignPerson(ADMIN, client.id, SELLER_A);
      await office.world.settled();
      const first = await look(SELLER_B, watch.key);
      expect(first).not.toBe(watch.stamp);
      company.assignPerson(ADMIN, client.id, SELLER_B);
      await office.world.settled();
      expect(await look(SELLER_B, watch.key)).not.toBe(first);
      expect(await look(SELLER_B, others.key)).toBe(others.stamp);
    });

    it('gets only one other answer for a claim that the hook and the log report, too', async () => {
      const { key } = await watchOf(SELLER_B, client);
      await take(SELLER_A, client);
      const after = await look(SELLER_B, key);
      await office.world.settled();
      while (await office.following.follower.step(patient()));
      await swept();
      expect(await look(SELLER_B, key)).toBe(after);
    });

    it('gets the same answer after a change that does not concern the owner', async () => {
      const { key } = await watchOf(SELLER_B, client);
      await take(SELLER_A, client);
      const before = await look(SELLER_B, key);
      company.changePerson({ userId: ADMIN }, client.id, { name: 'Anna Bell' });
      await office.world.settled();
      await swept();
      expect(await look(SELLER_B, key)).toBe(before);
    });
  });

  it('learns nothing with a colleague’s key', async () => {
    const { key } = await watchOf(SELLER_A, client);
    expect(await look(SELLER_B, key)).toEqual([403, 'WATCH_OVER']);
  });

  it('learns nothing with the key of another company’s employee who has the same id', async () => {
    const theirs = office.world.pipedrive.openCompany({ domain: 'theirs' });
    await office.allow(SELLER_A, theirs);
    const { id } = theirs.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const token = await signedToken(theirs, SELLER_A);
    const page = await (await office.askWith(token, `GET /page?resource=person&id=${id}`)).json();
    expect(page.watch.key).toEqual(expect.any(String));
    expect(await look(SELLER_A, page.watch.key)).toEqual([403, 'WATCH_OVER']);
    const { key } = await watchOf(SELLER_A, client);
    const there = await office.askWith(token, `GET /changes?watch=${key}`);
    expect((await there.json()).error).toBe('WATCH_OVER');
  });

  it.each([
    ['made up', () => 'x.y'],
    ['about another client', (key: string, body: string) => `${body}.${key.split('.')[1]}`],
    ['cut', (key: string) => key.slice(0, -4)],
  ])('learns nothing with a key that is %s', async (_, changed) => {
    const { key } = await watchOf(SELLER_A, client);
    const named = JSON.stringify([await office.accountId(), String(SELLER_A), String(other.id)]);
    const body = Buffer.from(JSON.stringify([named, 9e15])).toString('base64url');
    expect(await look(SELLER_A, changed(key, body))).toEqual([403, 'WATCH_OVER']);
  });

  it('learns nothing without a token of the CRM, whatever key it has', async () => {
    const { key } = await watchOf(SELLER_A, client);
    const answer = await office.askWith(null, `GET /changes?watch=${key}`);
    expect([answer.status, (await answer.json()).error]).toEqual([401, 'TOKEN_MISSING']);
  });

  it('gets a new key after an hour, for which the client is read as the person', async () => {
    const { key } = await watchOf(SELLER_A, client);
    office.world.clock.advance(HOUR);
    expect(await look(SELLER_A, key)).toEqual([403, 'WATCH_OVER']);
    office.sent.length = 0;
    const fresh = await (await office.ask(SELLER_A, `GET /watch?contact=${client.id}`)).json();
    expect(office.sent.filter(one => one.includes('/api/'))).toEqual([
      `GET https://${company.host}/api/v2/persons/${client.id}`,
    ]);
    expect(await look(SELLER_A, fresh.key)).toBeNull();
  });

  it('gets no key for a client that the CRM hides from its person', async () => {
    const hidden = company.addPerson({ name: 'Zoe', ownerId: ADMIN, visibleTo: 1 });
    expect(await watchOf(SELLER_A, hidden)).toBeNull();
    const answer = await office.ask(SELLER_A, `GET /watch?contact=${hidden.id}`);
    expect([answer.status, (await answer.json()).error]).toEqual([404, 'NOT_SEEN']);
  });

  it('may ask often but not without end, and colleagues are not affected', async () => {
    const [mine, theirs] = [await watchOf(SELLER_A, client), await watchOf(SELLER_B, client)];
    const ask = async (who: number, key: string): Promise<number> =>
      (await office.ask(who, `GET /changes?watch=${key}`)).status;
    const answers: number[] = [];
    while (!answers.includes(429) && answers.length < 100) answers.push(await ask(SELLER_A, mine.key));
    expect([answers.length > 20, answers.at(-1)]).toEqual([true, 429]);
    expect(await ask(SELLER_B, theirs.key)).toBe(200);
    office.world.clock.advance(5000);
    expect(await ask(SELLER_A, mine.key)).toBe(200);
  });

  it('gets no stamp after a week without a change', async () => {
    await take(SELLER_A, client);
    const { key } = await watchOf(SELLER_B, client);
    await office.following.heardOwners.forget();
    expect(await look(SELLER_B, key)).not.toBeNull();
    await sql`update heard_owner set changed_at = changed_at - interval '8 days'`.execute(
      office.open.database,
    );
    await office.following.heardOwners.forget();
    expect(await look(SELLER_B, key)).toBeNull();
  });
});

describe.each(kinds())('the reported owner of a contact (%s)', kind => {
  it('is not changed by an older report', async () => {
    const { following, open, accountId, allow } = await pipedriveOffice(kind);
    await allow(ADMIN);
    const { heardOwners } = following;
    const id = await accountId();
    const ownerAfter = async (ownerId: string, at: number | null): Promise<string | undefined> => {
      await heardOwners.hear(id, [{ contactId: '77', ownerId, at }]);
      return (await heardOwners.of(id, '77'))?.ownerId;
    };
    expect(await ownerAfter('1', 100)).toBe('1');
    expect(await ownerAfter('2', 99)).toBe('1');
    expect(await ownerAfter('3', null)).toBe('3');
    // The owner is already known. This report adds the time.
    expect(await ownerAfter('3', 120)).toBe('3');
    expect(await ownerAfter('1', 110)).toBe('3');
    expect(await ownerAfter('1', 120)).toBe('1');
    expect(await heardOwners.of('0', '77')).toBeNull();
    expect(await heardOwners.of(id, '78')).toBeNull();
    await open.close();
  });
});
