/** Tables of the problems of accounts and their notifications (alarms/). */
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const alarmsMigration: Migration = {
  async up(database) {
    await database.schema
      .createTable('alarm')
      .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('channels', 'jsonb', column => column.notNull())
      .addColumn('began_at', 'timestamptz', column => column.notNull())
      .addColumn('next_at', 'timestamptz', column => column.notNull())
      .addColumn('is_being_told', 'boolean', column => column.notNull().defaultTo(false))
      .addColumn('told_at', 'timestamptz')
      .addColumn('task_id', 'text')
      .addPrimaryKeyConstraint('alarm_once', ['account_id', 'kind'])
      .execute();
    await database.schema
      .alterTable('account')
      .addColumn('channels_looked_at', 'timestamptz')
      .addColumn('hooks_refused', 'boolean', column => column.notNull().defaultTo(sql`false`))
      .execute();
  },
};
