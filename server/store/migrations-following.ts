/** Tables for following the CRM: lanes, the clients sent to the chat service, and the results of checks. */
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const checkTimesMigration: Migration = {
  async up(database) {
    await database.schema
      .alterTable('account')
      .addColumn('next_check_at', 'timestamptz')
      .addColumn('clients_due_at', 'timestamptz')
      .execute();
    await sql`
      update account set next_check_at = check_ended_at + interval '1 hour',
        clients_due_at = clients_checked_at + interval '1 hour'
    `.execute(database);
  },
};

export const FOLLOWING: Readonly<Record<string, Migration>> = {
  '0010-lanes-and-copies': {
    async up(database) {
      await database.schema
        .createTable('lane')
        .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
        .addColumn('name', 'text', column => column.notNull())
        .addColumn('urgency', 'smallint', column => column.notNull())
        .addColumn('wanted', 'integer', column => column.notNull().defaultTo(1))
        .addColumn('done', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('fence', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('attempts', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('hinted_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addColumn('due_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addColumn('dead_at', 'timestamptz')
        .addColumn('reason', 'text')
        .addPrimaryKeyConstraint('lane_once', ['account_id', 'name'])
        .execute();
      await database.schema
        .createIndex('lane_waiting')
        .on('lane')
        .columns(['account_id', 'urgency', 'due_at'])
        .where(sql<boolean>`wanted > done and dead_at is null`)
        .execute();
      await database.schema
        .createTable('chat_copy')
        .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
        .addColumn('name', 'text', column => column.notNull())
        .addColumn('numbers', 'jsonb', column => column.notNull())
        .addColumn('sent_at', 'timestamptz', column => column.notNull().defaultTo(sql`now()`))
        .addPrimaryKeyConstraint('chat_copy_once', ['account_id', 'name'])
        .execute();
      await database.schema
        .alterTable('account')
        .addColumn('hook_digest', 'text', column => column.unique())
        .addColumn('sealed_hook', 'text')
        .addColumn('hooks_kept_at', 'timestamptz')
        .addColumn('reconciled_until', 'timestamptz')
        .addColumn('country', 'text')
        .addColumn('clients_checked_at', 'timestamptz')
        .addColumn('clients_held', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('clients_released', 'boolean', column => column.notNull().defaultTo(false))
        .execute();
    },
  },
  '0011-checks': {
    async up(database) {
      await database.schema
        .alterTable('account')
        .addColumn('check_ended_at', 'timestamptz')
        .addColumn('check_problem', 'text')
        .addColumn('pipelines_told', 'integer')
        .addColumn('people_told', 'integer')
        .addColumn('people_known', 'integer')
        .execute();
    },
  },
  '0012-all-clients': {
    async up(database) {
      await database.schema
        .alterTable('account')
        .addColumn('clients_sent_since', 'timestamptz')
        .addColumn('company_asked', 'boolean', column => column.notNull().defaultTo(false))
        .addColumn('clients_known', 'integer')
        .addColumn('clients_right', 'integer')
        .addColumn('clients_unsent', 'integer')
        .addColumn('clients_without_number', 'integer')
        .execute();
      await database.schema
        .alterTable('chat_copy')
        .addColumn('phones', 'jsonb', column => column.notNull().defaultTo(sql`'[]'`))
        .execute();
      await database.schema
        .createIndex('chat_copy_phones')
        .on('chat_copy')
        .using('gin')
        .expression(sql`phones jsonb_path_ops`)
        .execute();
    },
  },
};
