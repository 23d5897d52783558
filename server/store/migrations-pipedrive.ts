/** Tables for Pipedrive: owner changes from its webhooks (hooks/owner-events.ts), and reported uninstalls. */
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const pipedriveMigration: Migration = {
  async up(database) {
    await database.schema
      .createTable('crm_owner_event')
      .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
      .addColumn('contact_id', 'text', column => column.notNull())
      .addColumn('event_id', 'text', column => column.notNull())
      .addColumn('by_id', 'text')
      .addColumn('before_id', 'text')
      .addColumn('after_id', 'text')
      .addColumn('at', 'double precision', column => column.notNull())
      .addColumn('heard_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
      .addPrimaryKeyConstraint('crm_owner_event_once', ['account_id', 'contact_id', 'event_id'])
      .execute();
    await database.schema
      .createIndex('crm_owner_event_by_age')
      .on('crm_owner_event')
      .column('heard_at')
      .execute();
    await database.schema.alterTable('crm_grant').addColumn('end_told_at', 'timestamptz').execute();
  },
};
