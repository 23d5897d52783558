import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copiesIn } from '../../server/chat/copy.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

describe.each(kinds())('chat copies of clients (%s)', kind => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  afterAll(() => open.close());

  it('can be adopted by several callers at once, in any order', async () => {
    const { id } = await open.database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: '1' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const copies = copiesIn(open.database);
    // The first round opens the connections one after another, so it has no real concurrency.
    for (const round of [1, 2, 3, 4]) {
      const names = Array.from({ length: 1000 }, (_, at) => `contact ${round}${at}` as const);
      const many = Array.from({ length: 8 }, (_, at) =>
        copies.adopt(id, at % 2 === 0 ? names : names.toReversed()),
      );
      await Promise.all(many);
      expect(await copies.known(id, names)).toHaveLength(names.length);
    }
  });
});
