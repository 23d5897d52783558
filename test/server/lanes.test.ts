import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../server/store/database.ts';
import { lanesIn, type Lane, type Lanes } from '../../server/store/lanes.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

describe.each(kinds())('lanes (%s)', kind => {
  let open: OpenDatabase;
  let lanes: Lanes;
  let accounts: readonly string[];
  beforeAll(async () => {
    open = await freshDatabase(kind);
    lanes = lanesIn(open.database);
    const rows = await open.database
      .insertInto('account')
      .values(['1', '2', '3'].map(crmAccountId => ({ crm: 'amocrm', crmAccountId })))
      .returning('id')
      .execute();
    accounts = rows.map(({ id }) => id);
  });
  beforeEach(() => sql`delete from lane`.execute(open.database));
  afterAll(() => open.close());

  const account = (at: number): string => accounts[at] ?? '';
  const taken = async (most = 10): Promise<readonly Lane[]> => lanes.take('0', most);
  const named = (all: readonly Lane[]): readonly string[] =>
    all.map(({ accountId, name }) => `${accounts.indexOf(accountId)} ${name}`).toSorted();
  const only = ([lane]: readonly Lane[]): Lane => {
    if (!lane) throw new Error('Nothing was taken');
    return lane;
  };
  const timePasses = (): Promise<unknown> =>
    sql`update lane set due_at = now() - interval '1 second'`.execute(open.database);

  it('are taken one per account at a time, and not twice', async () => {
    await lanes.hint(account(0), ['contact 1', 'contact 2'], 'live');
    await lanes.hint(account(1), ['contact 1'], 'live');
    expect(named(await taken())).toEqual(['0 contact 1', '1 contact 1']);
    expect(named(await taken())).toEqual(['0 contact 2']);
    expect(await taken()).toEqual([]);
  });

  it('accept hints from several callers at once, in any order', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `contact ${at}`);
    const hints = Array.from({ length: 8 }, (_, at) =>
      lanes.hint(account(0), at % 2 === 0 ? names : names.toReversed(), 'live'),
    );
    await Promise.all(hints);
    expect(await taken()).toMatchObject([{ wanted: hints.length }]);
  });

  it('take turns by account: after the last account the first one follows', async () => {
    for (const id of accounts) await lanes.hint(id, ['contact 1'], 'live');
    expect(named(await lanes.take(account(0), 1))).toEqual(['1 contact 1']);
    expect(named(await lanes.take(account(1), 1))).toEqual(['2 contact 1']);
    expect(named(await lanes.take(account(2), 1))).toEqual(['0 contact 1']);
  });

  it('are not taken from busy accounts, or when the limit is zero', async () => {
    for (const id of accounts) await lanes.hint(id, ['contact 1'], 'live');
    expect(await lanes.take('0', 0)).toEqual([]);
    expect(named(await lanes.take('0', 10, [account(0), account(2)]))).toEqual(['1 contact 1']);
  });

  it('do not block others while they wait to be retried', async () => {
    for (const id of accounts) await lanes.hint(id, ['contact 1'], 'live');
    for (const lane of await lanes.take('0', 2)) await lanes.later(lane, 300);
    expect(named(await lanes.take('0', 2))).toEqual(['2 contact 1']);
  });

  it('with a live hint are announced at once, and are taken before those with only sweep hints', async () => {
    const announced: string[] = [];
    const stopListening = lanes.listen(accountId => announced.push(accountId));
    for (const id of accounts) await lanes.hint(id, ['contact 1', 'contact 2'], 'sweep');
    expect(announced).toEqual([]);
    await lanes.hint(account(2), ['contact 2'], 'live');
    expect(announced).toEqual([account(2)]);
    expect(named(await lanes.takeLive([account(0), account(2)]))).toEqual(['2 contact 2']);
    expect(await lanes.takeLive(accounts)).toEqual([]);
    stopListening();
    await lanes.hint(account(1), ['contact 1'], 'live');
    expect(announced).toHaveLength(1);
  });

  it('answer several hints for one client with one look', async () => {
    await lanes.hint(account(0), ['contact 1', 'contact 1'], 'live');
    await lanes.hint(account(0), ['contact 1'], 'live');
    await lanes.done(only(await taken()));
    expect(await taken()).toEqual([]);
  });

  it('are taken again when a hint comes while a worker has them', async () => {
    await lanes.hint(account(0), ['contact 1'], 'live');
    const lane = only(await taken());
    await lanes.hint(account(0), ['contact 1'], 'live');
    expect(await taken()).toEqual([]);
    await lanes.done(lane);
    expect(named(await taken())).toEqual(['0 contact 1']);
  });

  it('put live hints ahead of sweep hints', async () => {
    await lanes.hint(account(0), ['contact 1', 'contact 2'], 'sweep');
    await timePasses();
    await lanes.hint(account(0), ['contact 3'], 'live');
    await lanes.hint(account(0), ['contact 2'], 'live');
    const order = [only(await taken()), only(await taken()), only(await taken())];
    expect(order.map(({ name }) => name)).toEqual(['contact 2', 'contact 3', 'contact 1']);
  });

  it('go to another worker when the first one has died, whose late results are ignored', async () => {
    await lanes.hint(account(0), ['contact 1'], 'live');
    const dead = only(await taken());
    await timePasses();
    const again = only(await taken());
    await lanes.later(dead, 0);
    expect(await taken()).toEqual([]);
    await lanes.done(dead);
    await timePasses();
    expect(named(await taken())).toEqual(['0 contact 1']);
    await lanes.done(again);
    await timePasses();
    expect(named(await taken())).toEqual(['0 contact 1']);
  });

  it('are tried ten times, then listed as dead until an admin revives them', async () => {
    await lanes.hint(account(0), ['contact 1'], 'live');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await timePasses();
      const lane = only(await taken());
      expect(lane.attempts).toBe(attempt);
      await lanes.failed(lane, 'refused: 400');
      expect(await taken()).toEqual([]);
    }
    await timePasses();
    expect(await taken()).toEqual([]);
    expect(await lanes.dead(account(0))).toMatchObject([{ name: 'contact 1', reason: 'refused: 400' }]);
    expect(await lanes.dead(account(1))).toEqual([]);
    await lanes.revive(account(0));
    expect(only(await taken()).attempts).toBe(0);
  });

  it('are revived by the next hint', async () => {
    await lanes.hint(account(0), ['contact 1'], 'live');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await timePasses();
      await lanes.failed(only(await taken()), 'refused: 400');
    }
    await lanes.hint(account(0), ['contact 1'], 'sweep');
    expect(only(await taken()).attempts).toBe(0);
  });

  it('can be postponed without counting an attempt', async () => {
    await lanes.hint(account(0), ['contact 1'], 'live');
    await lanes.later(only(await taken()), 5);
    expect(await taken()).toEqual([]);
    await timePasses();
    expect(only(await taken()).attempts).toBe(0);
  });

  it('take thousands of hints for one account, and are forgotten a week after they were done', async () => {
    const names = Array.from({ length: 2500 }, (_, at) => `contact ${at}`);
    await lanes.hint(account(0), names, 'sweep');
    await sql`update lane set done = wanted, hinted_at = now() - interval '8 days' where name <> 'contact 7'`.execute(
      open.database,
    );
    await lanes.forget();
    const { rows } = await sql<{ name: string }>`select name from lane`.execute(open.database);
    expect(rows).toEqual([{ name: 'contact 7' }]);
  });
});
