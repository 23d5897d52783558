/** Leaving: what an administrator is shown, what is deleted when, and what can come back. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noted } from '../../server/history/change.ts';
import { KEPT_TABLES } from '../../server/leaving/purge.ts';
import { pressDisable, pressInstall } from '../mocks/amocrm/installing.ts';
import { outcomeOf } from '../support/outcome.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { installedOffice, type Office } from './office.ts';

const DAY = 86_400_000;

let office: Office;
beforeEach(async () => {
  office = await installedOffice();
  office.world.crm.integration.disableUri = 'https://chat.example.com/amocrm/disabled';
});
afterEach(() => office.open.close());

const account = () => office.open.database.selectFrom('account').selectAll().executeTakeFirstOrThrow();
const disconnect = () => office.ask(ADMIN, 'DELETE /connection');
async function uninstall(): Promise<void> {
  const { crm } = office.world;
  await pressDisable(office.world, crm, crm.integration);
  await office.accounts.disabling.work(new AbortController().signal);
}
async function installAgain(): Promise<void> {
  const { crm } = office.world;
  const admin = crm.users.get(ADMIN);
  if (!admin) throw new Error('The office has an administrator');
  await pressInstall(office.world, crm, crm.integration, admin);
  await office.accounts.arrivals.exchangeAll(new AbortController().signal);
}
/** The same steps as the job. */
async function purgeWhatIsDue(): Promise<void> {
  for (const id of await office.purges.due()) await office.purges.purge(id);
}
/** The number of rows in each table. */
async function rows(): Promise<readonly number[]> {
  const counts = KEPT_TABLES.map(async table => {
    const { count } = await office.open.database
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  });
  return Promise.all(counts);
}
const whatChanged = async (): Promise<readonly string[]> =>
  (await office.open.database.selectFrom('change').select('what').execute()).map(({ what }) => what);
const allGone = KEPT_TABLES.map(() => 0);

describe('leaving', () => {
  it('is described beforehand: what is deleted now, what in thirty days, and what stays in the chat service', async () => {
    const { world } = office;
    world.chat.users.set('1', { id: '1', name: 'Anna' });
    const leaving = await (await office.ask(ADMIN, 'GET /leaving')).json();
    expect(leaving).toEqual({
      now: [{ what: 'chat-key', count: 1 }],
      later: {
        at: new Date(world.clock.now() + 30 * DAY).toISOString(),
        what: expect.arrayContaining([
          { what: 'grants', count: 1 },
          { what: 'history', count: (await whatChanged()).length },
        ]),
      },
      stays: [
        { what: 'employees', count: world.chat.users.size },
        { what: 'roles', count: world.chat.settings.userRoles.length },
        { what: 'clients', count: world.chat.contacts.size },
        { what: 'deals', count: world.chat.deals.size },
      ],
    });
  });

  it('is described without counts of what stays when the chat service does not answer', async () => {
    office.world.disturbances.add(/^GET/, 'server-error', 4);
    const leaving = await (await office.ask(ADMIN, 'GET /leaving')).json();
    expect(leaving).toMatchObject({
      stays: [{ count: null }, { count: null }, { count: null }, { count: null }],
    });
  });

  it('is shown to all employees of the account while it is under way', async () => {
    const shown = async () => (await office.ask(SELLER_A, 'GET /account')).json();
    expect(await shown()).toEqual({ state: 'active', goesAt: null });
    const thirtyDays = new Date(office.world.clock.now() + 30 * DAY).toISOString();
    await disconnect();
    office.world.crm.oauth.revoke();
    const { id } = await account();
    await (await office.accounts.crmOf(id)).letsIn(id, new AbortController().signal);
    expect(await shown()).toEqual({ state: 'needs-reauth', goesAt: thirtyDays });
  });

  it('is described to administrators only', async () => {
    expect(await outcomeOf(await office.ask(SELLER_A, 'GET /leaving'))).toEqual([403, 'ADMINS_ONLY']);
  });

  it('deletes everything of the account after thirty days', async () => {
    await disconnect();
    office.world.clock.advance(30 * DAY - 1000);
    await purgeWhatIsDue();
    expect(Math.max(...(await rows()))).toBeGreaterThan(0);
    office.world.clock.advance(1000);
    await purgeWhatIsDue();
    expect(await rows()).toEqual(allGone);
    const left = Object.entries(await account()).filter(([, value]) => Boolean(value));
    expect(left.map(([name]) => name).toSorted()).toEqual([
      'createdAt',
      'crm',
      'crmAccountId',
      'id',
      'state',
    ]);
    expect(await account()).toMatchObject({ state: 'purged' });
    expect(await outcomeOf(await office.ask(ADMIN, 'GET /connection'))).toEqual([403, 'ACCOUNT_UNKNOWN']);
  });

  it('is undone by connecting another key', async () => {
    await disconnect();
    office.world.clock.advance(29 * DAY);
    const key = [...office.world.chat.keys].find(([, kind]) => kind === 'partner')?.[0];
    expect((await office.ask(ADMIN, 'PUT /connection', { key })).status).toBe(200);
    office.world.clock.advance(29 * DAY);
    await purgeWhatIsDue();
    expect((await office.ask(ADMIN, 'GET /v3/channels')).status).toBe(200);
  });

  it('closes the account when the integration is switched off, and Install within thirty days reopens it with its connection', async () => {
    await uninstall();
    expect(await outcomeOf(await office.ask(ADMIN, 'GET /v3/channels'))).toEqual([403, 'ACCOUNT_UNKNOWN']);
    office.world.clock.advance(29 * DAY);
    await purgeWhatIsDue();
    await installAgain();
    office.world.clock.advance(2 * DAY);
    await purgeWhatIsDue();
    expect((await office.ask(ADMIN, 'GET /v3/channels')).status).toBe(200);
    expect(await whatChanged()).toContain('chat-connection');
  });

  it('is final after thirty days: a later Install starts without a connection', async () => {
    await uninstall();
    office.world.clock.advance(30 * DAY);
    await purgeWhatIsDue();
    await installAgain();
    expect(await (await office.ask(ADMIN, 'GET /connection')).json()).toMatchObject({ keyKind: null });
    expect(await whatChanged()).toEqual(['crm-grant']);
  });

  it('happens automatically ninety days after the last grant ended', async () => {
    office.world.crm.oauth.revoke();
    const { id } = await account();
    await (await office.accounts.crmOf(id)).letsIn(id, new AbortController().signal);
    office.world.clock.advance(90 * DAY - 1000);
    expect(await office.purges.due()).toEqual([]);
    office.world.clock.advance(1000);
    await purgeWhatIsDue();
    expect(await rows()).toEqual(allGone);
  });
});

describe('a purge', () => {
  const failing = (table: string) =>
    sql`
      create function fail() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
    `
      .execute(office.open.database)
      .then(() =>
        sql`create trigger fail before delete on ${sql.table(table)} execute function fail()`.execute(
          office.open.database,
        ),
      );

  it('that fails midway is finished by the next one', async () => {
    await uninstall();
    await failing('crm_grant');
    office.world.clock.advance(30 * DAY);
    await expect(purgeWhatIsDue()).rejects.toThrow('the disk is full');
    expect(await account()).toMatchObject({ state: 'disabled' });
    await sql`drop trigger fail on crm_grant`.execute(office.open.database);
    await purgeWhatIsDue();
    expect(await rows()).toEqual(allGone);
    expect(await account()).toMatchObject({ state: 'purged' });
  });

  it('touches no other account', async () => {
    const { database } = office.open;
    const other = await database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: '77' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await noted(database, other.id, {
      employeeId: '1',
      origin: null,
      what: 'crm-grant',
      before: { isGiven: false },
      after: { isGiven: true },
    });
    await uninstall();
    office.world.clock.advance(31 * DAY);
    await purgeWhatIsDue();
    expect(await database.selectFrom('change').select('accountId').execute()).toEqual([
      { accountId: other.id },
    ]);
  });

  it('spares an account that came back after its purge was due', async () => {
    await uninstall();
    office.world.clock.advance(31 * DAY);
    const due = await office.purges.due();
    await installAgain();
    for (const id of due) await office.purges.purge(id);
    expect((await office.ask(ADMIN, 'GET /v3/channels')).status).toBe(200);
  });

  it('covers every table with rows of an account', async () => {
    const { rows: found } = await sql<{ tableName: string }>`
      select distinct table_name from information_schema.columns
      where table_schema = 'public' and column_name = 'account_id'
    `.execute(office.open.database);
    const inWords = (table: string): string => table.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
    expect(found.map(({ tableName }) => tableName).toSorted()).toEqual(KEPT_TABLES.map(inWords).toSorted());
  });
});
