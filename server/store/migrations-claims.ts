/** Tables of claims: who asked for which client, and the outcome (claims/). Times are unix seconds, as in the CRM's log. */
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const claimsMigration: Migration = {
  async up(database) {
    await database.schema
      .createTable('claimed_client')
      .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
      .addColumn('contact_id', 'text', column => column.notNull())
      .addColumn('ledger', 'jsonb', column => column.notNull())
      .addColumn('version', 'integer', column => column.notNull())
      .addColumn('active_until', 'double precision', column => column.notNull())
      .addColumn('held_press', 'text')
      .addColumn('held_by', 'text')
      .addColumn('held_until', 'double precision')
      .addColumn('is_held_firmly', 'boolean', column => column.notNull().defaultTo(sql`false`))
      .addColumn('look_at', 'double precision')
      .addColumn('fought_at', 'double precision')
      .addPrimaryKeyConstraint('claimed_client_once', ['account_id', 'contact_id'])
      .execute();
    await database.schema
      .createIndex('claimed_client_due')
      .on('claimed_client')
      .column('look_at')
      .where(sql<boolean>`look_at is not null`)
      .execute();
    await database.schema
      .createIndex('claimed_client_held')
      .on('claimed_client')
      .columns(['account_id', 'held_by', 'held_until'])
      .execute();
    await database.schema
      .createTable('claim')
      .addColumn('id', 'bigserial', column => column.primaryKey())
      .addColumn('account_id', 'bigint', column => column.notNull().references('account.id'))
      .addColumn('press', 'text', column => column.notNull())
      .addColumn('contact_id', 'text', column => column.notNull())
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('employee_id', 'text', column => column.notNull())
      .addColumn('base', 'text')
      .addColumn('to_id', 'text', column => column.notNull())
      .addColumn('written_from', 'double precision', column => column.notNull())
      .addColumn('heard_at', 'double precision', column => column.notNull())
      .addColumn('told', 'text')
      .addColumn('state', 'text', column => column.notNull())
      .addColumn('sealed_work', 'text')
      .addColumn('is_worked', 'boolean', column => column.notNull().defaultTo(sql`false`))
      .addUniqueConstraint('claim_once', ['account_id', 'press'])
      .execute();
    await database.schema
      .createIndex('claim_of_person')
      .on('claim')
      .columns(['account_id', 'employee_id', 'heard_at'])
      .execute();
    await database.schema
      .createIndex('claim_of_client')
      .on('claim')
      .columns(['account_id', 'contact_id'])
      .execute();
  },
};
