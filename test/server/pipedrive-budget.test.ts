/** How much of a company's daily budget the server's own work uses, and how much it leaves to people. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import { patient, pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** One seat on the smallest plan. */
const BUDGET = 30_000;

describe('background work for a Pipedrive company', () => {
  let office: PipedriveOffice;
  let company: Company;
  let accountId: string;
  beforeEach(async () => {
    office = await pipedriveOffice();
    ({ company } = office);
    company.plan = 'lite';
    await office.allow(ADMIN);
    const key = [...office.world.chat.keys].find(([, kind]) => kind === 'partner')?.[0];
    const connected = await office.ask(ADMIN, 'PUT /connection', { key });
    if (!connected.ok) throw new Error(await connected.text());
    accountId = await office.accountId();
    for (const id of company.users.keys()) if (id !== ADMIN) company.users.delete(id);
  });
  afterEach(() => office.open.close());

  const people = (howMany: number): void => {
    for (let at = 0; at < howMany; at += 1) {
      const { id } = company.addPerson({ name: `Client ${at}`, phones: [], ownerId: ADMIN });
      company.addDeal({ title: `Deal ${at}`, ownerId: ADMIN, personId: id });
    }
  };
  async function costOf(work: () => Promise<unknown>): Promise<number> {
    const before = company.limits.tokensLeft();
    await work();
    return before - company.limits.tokensLeft();
  }
  const check = () => office.following.checking.check(accountId, patient());
  const isDue = async (): Promise<boolean> => (await office.following.checking.due()).includes(accountId);
  const checkedAt = async () => (await office.following.checking.clients(accountId)).checkedAt;
  /** Tasks that inform the admin that clients were not compared in time. */
  async function lateTasks(): Promise<number> {
    await office.alarms.look(accountId, patient());
    return [...company.activities.values()].filter(({ note }) => note?.includes(':late]')).length;
  }
  /** Looks for changes whenever that is due. */
  async function hour(): Promise<void> {
    const { reconciling } = office.following;
    for (const half of [1, 2]) {
      office.world.clock.advance(29 * MINUTE);
      expect(await reconciling.due(), `half ${half}`).toEqual([]);
      office.world.clock.advance(2 * MINUTE);
      for (const id of await reconciling.due()) await reconciling.reconcile(id, patient());
    }
  }

  it.each([0, 1300])(
    'costs 40 tokens an hour to look for changes if there are none, with %i clients',
    async howMany => {
      people(howMany);
      await office.following.reconciling.reconcile(accountId, patient());
      office.world.clock.advance(HOUR);
      await office.following.reconciling.reconcile(accountId, patient());
      expect(await costOf(hour)).toBe(40);
    },
  );

  it('uses at most a tenth of the day to compare everything, and reports a delay only beyond that pace', async () => {
    people(5000);
    await office.following.checking.check(accountId, patient());
    office.world.clock.advance(2 * HOUR);
    // Employees, ten pages of persons, ten pages of deals, and one page of archived deals.
    const cost = await costOf(check);
    expect(cost).toBe(20 + 100 + 100 + 20);
    const pause = (24 * HOUR) / ((BUDGET * 0.1) / cost);
    office.world.clock.advance(pause - 60_000);
    expect(await isDue()).toBe(false);
    office.world.clock.advance(120_000);
    expect(await isDue()).toBe(true);
    office.world.clock.advance(1.5 * HOUR);
    expect(await lateTasks()).toBe(0);
    office.world.clock.advance(HOUR);
    expect(await lateTasks()).toBe(1);
  });

  it('compares no clients once a fifth of the day is left, until the next day or until an admin asks', async () => {
    people(10);
    await check();
    const first = await checkedAt();
    office.world.clock.advance(2 * HOUR);
    company.limits.spend(company.limits.tokensLeft() - BUDGET * 0.2 + 1);
    expect(await costOf(check)).toBe(20);
    expect(await office.following.checking.clients(accountId)).toMatchObject({
      checkedAt: first,
      problem: null,
    });
    expect(await isDue()).toBe(false);
    for (let hours = 0; hours < 4; hours += 1) {
      office.world.clock.advance(1.1 * HOUR);
      expect([await isDue(), await lateTasks(), await costOf(check)]).toEqual([true, 0, 20]);
    }
    await office.ask(ADMIN, 'POST /clients/check');
    await check();
    expect(await checkedAt()).not.toBe(first);
    office.world.clock.advance(24 * HOUR);
    const second = await checkedAt();
    await check();
    expect(await checkedAt()).not.toBe(second);
  });

  it('keeps to its share even if the answers do not say what is left', async () => {
    office.world.pipedrive.oddities.dailyHeaders = false;
    people(1300);
    await check();
    company.limits.spend(company.limits.tokensLeft() - 1000);
    office.world.clock.advance(2 * HOUR);
    const before = await checkedAt();
    expect(await costOf(check)).toBe(20 + 30 + 30 + 20);
    expect(await checkedAt()).not.toBe(before);
  });

  it('costs three tokens to look at one client', async () => {
    people(1);
    const [id = 0] = company.persons.keys();
    expect(
      await costOf(async () => office.ask(ADMIN, 'POST /clients/changed', { contact: String(id) })),
    ).toBe(3);
  });
});
