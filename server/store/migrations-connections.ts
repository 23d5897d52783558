/** Tables of an account's connection to the chat service (connections/). */
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Channels are deleted with the connection by cascade, because an older instance that disconnects does not know this table. */
export const chatChannelsMigration: Migration = {
  async up(database) {
    await database.schema
      .createTable('chat_channel')
      .addColumn('digest', 'text', column => column.primaryKey())
      .addColumn('account_id', 'bigint', column =>
        column.notNull().references('chat_connection.account_id').onDelete('cascade'),
      )
      .execute();
    await database.schema
      .createIndex('chat_channel_by_account')
      .on('chat_channel')
      .column('account_id')
      .execute();
  },
};

/** The grant to write roles is deleted with the connection, too. */
export const partnerGrantsMigration: Migration = {
  async up(database) {
    await database.schema
      .createTable('partner_grant')
      .addColumn('account_id', 'bigint', column =>
        column.primaryKey().references('chat_connection.account_id').onDelete('cascade'),
      )
      .addColumn('employee_id', 'text', column => column.notNull())
      .addColumn('sealed_tokens', 'text', column => column.notNull())
      .addColumn('expires_at', 'timestamptz', column => column.notNull())
      .addColumn('renewed_at', 'timestamptz', column => column.notNull())
      .addColumn('version', 'integer', column => column.notNull().defaultTo(1))
      .addColumn('is_dead', 'boolean', column => column.notNull().defaultTo(sql`false`))
      .execute();
    await database.schema
      .alterTable('journey')
      .addColumn('purpose', 'text', column => column.notNull().defaultTo('connect'))
      .execute();
  },
};
