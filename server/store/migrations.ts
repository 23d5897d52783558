/**
 * The migrations, oldest first. A released migration never changes. Each one only adds: version N of the server runs on the
 * tables of N and of N + 1, so that instances can be replaced one by one.
 */
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { checkTimesMigration, FOLLOWING } from './migrations-following.ts';
import { alarmsMigration } from './migrations-alarms.ts';
import { claimsMigration } from './migrations-claims.ts';
import { heardOwnersMigration } from './migrations-heard-owners.ts';
import { pipedriveMigration } from './migrations-pipedrive.ts';
import { chatChannelsMigration, partnerGrantsMigration } from './migrations-connections.ts';

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-accounts-leases-changes': {
    async up(database) {
      await database.schema
        .createTable('account')
        .addColumn('id', 'bigint', column => column.primaryKey().generatedAlwaysAsIdentity())
        .addColumn('crm', 'text', column => column.notNull())
        .addColumn('crm_account_id', 'text', column => column.notNull())
        .addColumn('created_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addUniqueConstraint('account_once', ['crm', 'crm_account_id'])
        .execute();
      await database.schema
        .createTable('lease')
        .addColumn('name', 'text', column => column.primaryKey())
        .addColumn('fence', 'bigint', column => column.notNull())
        .addColumn('until', 'timestamptz', column => column.notNull())
        .execute();
      await database.schema
        .createTable('change')
        .addColumn('id', 'bigint', column => column.primaryKey().generatedAlwaysAsIdentity())
        .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
        .addColumn('at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addColumn('employee_id', 'text', column => column.notNull())
        .addColumn('what', 'text', column => column.notNull())
        .addColumn('before', 'jsonb', column => column.notNull())
        .addColumn('after', 'jsonb', column => column.notNull())
        .addColumn('outcome', 'text', column => column.notNull())
        .addColumn('settled_at', 'timestamptz')
        .execute();
      await database.schema
        .createIndex('change_by_account')
        .on('change')
        .columns(['account_id', 'id'])
        .execute();
    },
  },
  '0002-grants': {
    async up(database) {
      await database.schema.alterTable('account').addColumn('host', 'text').execute();
      await database.schema
        .createTable('arrival')
        .addColumn('id', 'bigint', column => column.primaryKey().generatedAlwaysAsIdentity())
        .addColumn('host', 'text', column => column.notNull())
        .addColumn('sealed_code', 'text', column => column.notNull())
        .addColumn('at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addColumn('next_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addColumn('outcome', 'text')
        .execute();
      await database.schema
        .createIndex('arrival_waiting')
        .on('arrival')
        .column('next_at')
        .where(sql.ref('outcome'), 'is', null)
        .execute();
      await database.schema
        .createTable('crm_grant')
        .addColumn('id', 'bigint', column => column.primaryKey().generatedAlwaysAsIdentity())
        .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
        .addColumn('employee_id', 'text', column => column.notNull())
        .addColumn('is_admin', 'boolean', column => column.notNull())
        .addColumn('sealed_tokens', 'text', column => column.notNull())
        .addColumn('expires_at', 'timestamptz', column => column.notNull())
        .addColumn('version', 'integer', column => column.notNull().defaultTo(1))
        .addColumn('is_dead', 'boolean', column => column.notNull().defaultTo(false))
        .addColumn('given_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addUniqueConstraint('crm_grant_of_person', ['account_id', 'employee_id'])
        .execute();
    },
  },
  '0003-chat-connections': {
    async up(database) {
      await database.schema
        .createTable('chat_connection')
        .addColumn('account_id', 'bigint', column => column.primaryKey().references('account.id'))
        .addColumn('sealed_key', 'text', column => column.notNull())
        .addColumn('key_digest', 'text', column => column.notNull().unique())
        .addColumn('key_kind', 'text', column => column.notNull())
        .addColumn('connected_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .execute();
    },
  },
  '0004-own-settings': {
    async up(database) {
      await database.schema
        .createTable('own_settings')
        .addColumn('account_id', 'bigint', column => column.primaryKey().references('account.id'))
        .addColumn('version', 'integer', column => column.notNull())
        .addColumn('settings', 'text', column => column.notNull())
        .execute();
      await database.schema.alterTable('change').addColumn('origin', 'text').execute();
      await database.schema.alterTable('change').addColumn('difference', 'jsonb').execute();
    },
  },
  '0005-life-of-accounts': {
    async up(database) {
      await database.schema
        .alterTable('account')
        .addColumn('state', 'text', column => column.notNull().defaultTo('pending'))
        .addColumn('disable_told_at', 'timestamptz')
        .addColumn('left_at', 'timestamptz')
        .addColumn('silent_since', 'timestamptz')
        .execute();
      await sql`update account set state = 'active' where id in (select account_id from crm_grant where is_admin and not is_dead)`.execute(
        database,
      );
      await database.schema
        .alterTable('crm_grant')
        .addColumn('kind', 'text', column => column.notNull().defaultTo('oauth'))
        .addColumn('renewed_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .execute();
      await database.schema
        .createTable('pace')
        .addColumn('name', 'text', column => column.primaryKey())
        .addColumn('next_at', 'timestamptz', column => column.notNull())
        .execute();
    },
  },
  '0006-journeys': {
    async up(database) {
      await database.schema
        .createTable('journey')
        .addColumn('id', 'text', column => column.primaryKey())
        .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
        .addColumn('employee_id', 'text', column => column.notNull())
        .addColumn('language', 'text', column => column.notNull())
        .addColumn('secret_digest', 'text')
        .addColumn('sealed_key', 'text')
        .addColumn('key_kind', 'text')
        .addColumn('channels', 'jsonb')
        .addColumn('until', 'timestamptz', column => column.notNull())
        .execute();
    },
  },
  ...FOLLOWING,
  '0013-alarms': alarmsMigration,
  '0014-claims': claimsMigration,
  '0015-chat-channels': chatChannelsMigration,
  '0016-partner-grants': partnerGrantsMigration,
  '0017-data-keys': {
    async up(database) {
      await database.schema.alterTable('account').addColumn('sealed_data_key', 'text').execute();
    },
  },
  '0018-pipedrive': pipedriveMigration,
  '0019-check-times': checkTimesMigration,
  '0020-arrivals-by-crm': {
    async up(database) {
      await database.schema.alterTable('arrival').addColumn('crm', 'text').execute();
    },
  },
  '0021-heard-owners': heardOwnersMigration,
};

const LAST = Object.keys(MIGRATIONS).sort().at(-1) ?? '';

/**
 * Applies all migrations. Several instances may call this at once: each migration is applied once, and a failed one leaves
 * nothing behind. Migrations of a newer version are skipped, because an older instance may have to restart while instances are
 * replaced one by one.
 */
export async function migrated<T>(database: Kysely<T>): Promise<void> {
  // Read before the migrator begins its transaction: an embedded database has only one connection.
  const all = { ...MIGRATIONS, ...(await newerIn(database)) };
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => all } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('The database migration failed', { cause: error });
}

async function newerIn<T>(database: Kysely<T>): Promise<Record<string, Migration>> {
  const { rows: found } = await sql<{ there: string | null }>`
    select to_regclass('kysely_migration')::text as there
  `.execute(database);
  if (!found[0]?.there) return {};
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration where name > ${LAST}
  `.execute(database);
  return Object.fromEntries(rows.map(({ name }) => [name, { up: async () => undefined }]));
}

/** Whether every migration of this version is applied. False, for example, in a database restored from an older backup. */
export async function isMigrated<T>(database: Kysely<T>): Promise<boolean> {
  const { rows } = await sql`select from kysely_migration where name = ${LAST}`.execute(database);
  return rows.length > 0;
}
