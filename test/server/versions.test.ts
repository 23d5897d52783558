/** Instances are replaced one by one, so for a while older instances run on tables that are newer than they are. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../server/store/database.ts';
import { ADMIN } from '../world/people.ts';
import { installedOffice, type Office } from './office.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

/** Changes the tables as a next version would: it adds columns and tables and removes nothing. */
async function expand({ database }: OpenDatabase): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not like 'kysely%'
  `.execute(database);
  for (const { name } of rows) {
    await sql`alter table ${sql.table(name)} add column added_later text not null default 'new'`.execute(
      database,
    );
  }
  await sql`create table added_later (id bigint primary key)`.execute(database);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-next', '2027')`.execute(database);
}

describe('an instance on the tables of the next version', () => {
  let office: Office;
  beforeEach(async () => {
    office = await installedOffice();
  });
  afterEach(() => office.open.close());

  it('keeps serving, also while the tables change', async () => {
    let isExpanded = false;
    const expanding = expand(office.open).then(() => (isExpanded = true));
    const read: number[] = [];
    for (let after = 0; after < 5; after += isExpanded ? 1 : 0) {
      const asked = await Promise.all([
        office.ask(ADMIN, 'GET /settings'),
        office.ask(ADMIN, 'GET /history'),
        office.ask(ADMIN, 'GET /connection'),
        office.ask(ADMIN, 'GET /leaving'),
      ]);
      read.push(...asked.map(({ status }) => status));
    }
    await expanding;
    expect(new Set(read)).toEqual(new Set([200]));
    expect((await office.ask(ADMIN, 'DELETE /connection')).status).toBe(200);
    const key = [...office.world.chat.keys].find(([, kind]) => kind === 'v3')?.[0];
    expect((await office.ask(ADMIN, 'PUT /connection', { key })).status).toBe(200);
    expect((await office.accounts.renewals.due()).length).toBe(0);
    expect(await office.open.isReady()).toBe(true);
  });
});

describe.each(kinds().filter(kind => kind === 'postgres'))('an older instance (%s)', () => {
  it('starts again on tables that are newer than it is', async () => {
    const open = await freshDatabase('postgres');
    if (open.driver.kind !== 'postgres') throw new Error('It is on PostgreSQL');
    await expand(open);
    const again = await openDatabase({ kind: 'postgres', url: open.driver.url });
    expect(await again.isReady()).toBe(true);
    await again.close();
    await open.close();
  });

  it('is not ready on tables that are older than it is, as after a restore', async () => {
    const open = await freshDatabase('postgres');
    await sql`delete from kysely_migration where name = (select max(name) from kysely_migration)`.execute(
      open.database,
    );
    expect(await open.isReady()).toBe(false);
    await open.close();
  });
});
