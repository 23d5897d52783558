/** The latest reported owner of each contact (hooks/heard-owners.ts). Open pages ask whether it has changed. */
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const heardOwnersMigration: Migration = {
  async up(database) {
    await database.schema
      .createTable('heard_owner')
      .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
      .addColumn('contact_id', 'text', column => column.notNull())
      .addColumn('owner_id', 'text', column => column.notNull())
      .addColumn('at', 'double precision')
      .addColumn('changed_at', 'timestamptz', column => column.notNull().defaultTo(sql`clock_timestamp()`))
      .addPrimaryKeyConstraint('heard_owner_once', ['account_id', 'contact_id'])
      .execute();
    await database.schema.createIndex('heard_owner_by_age').on('heard_owner').column('changed_at').execute();
  },
};
