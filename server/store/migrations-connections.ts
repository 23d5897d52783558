/** What an account's connection to the chat service holds (chat/wazzup/). */
import type { Migration } from 'kysely/migration';

/** With the connection goes what it holds: an older instance that disconnects knows nothing of this table. */
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
