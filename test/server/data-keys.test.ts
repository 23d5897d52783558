/** Each account's secrets are sealed with its own data key, which is deleted with the account. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chatKeyBoundTo } from '../../server/connections/connection.ts';
import { createPurges } from '../../server/leaving/purge.ts';
import { accountSealIn, type AccountSeal } from '../../server/store/account-seal.ts';
import { openDatabase, type OpenDatabase } from '../../server/store/database.ts';
import { sealWith } from '../../server/store/seal.ts';
import { Unopenable } from '../../server/store/sealed.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

const DAY = 86_400_000;
const ringSeal = sealWith([{ id: 'a', key: new Uint8Array(32) }]);

describe.each(kinds())('a sealed secret of an account (%s)', kind => {
  let open: OpenDatabase;
  let another: OpenDatabase;
  let time: number;
  const now = (): Date => new Date(time);
  beforeEach(async () => {
    time = Date.UTC(2026, 0, 5, 9);
    open = await freshDatabase(kind);
    another = open.driver.kind === 'postgres' ? await openDatabase(open.driver) : open;
  });
  afterEach(async () => {
    if (another !== open) await another.close();
    await open.close();
  });

  /** The seal of one instance. */
  const instance = ({ database } = open): AccountSeal => accountSealIn({ database, ringSeal, now });
  const accounts = async (count: number): Promise<readonly string[]> => {
    const values = Array.from({ length: count }, (_, at) => ({ crm: 'amocrm', crmAccountId: `${at}` }));
    const rows = await open.database.insertInto('account').values(values).returning('id').execute();
    return rows.map(({ id }) => id);
  };
  const account = async (): Promise<string> => (await accounts(1))[0] ?? '';
  async function left(id: string): Promise<void> {
    const leftAt = new Date(time - 31 * DAY);
    await open.database.updateTable('account').set({ leftAt }).where('id', '=', id).execute();
  }

  it('opens at every instance, no matter which one made the account’s data key', async () => {
    const ids = await accounts(30);
    const instances = [instance(open), instance(another), instance(another)];
    const keys = await Promise.all(
      ids.flatMap(id => instances.map(async one => [id, await one.seal(id, chatKeyBoundTo(id))] as const)),
    );
    for (const one of [...instances, instance()])
      for (const [id, sealed] of keys) expect(await one.open(sealed, chatKeyBoundTo(id))).toBe(id);
  });

  it('opens nowhere once the account is purged, even with the ring and a copy of its row', async () => {
    const id = await account();
    const seal = instance();
    const elsewhere = instance(another);
    const sealedKey = await seal.seal('the key', chatKeyBoundTo(id));
    const row = { accountId: id, sealedKey, keyDigest: 'digest', keyKind: 'v3' };
    await open.database.insertInto('chatConnection').values(row).execute();
    const copy = await open.database.selectFrom('chatConnection').selectAll().executeTakeFirstOrThrow();
    const openedBy = (one: AccountSeal) => one.open(copy.sealedKey, chatKeyBoundTo(id));
    expect([await openedBy(seal), await openedBy(elsewhere)]).toEqual(['the key', 'the key']);

    await left(id);
    await createPurges({ database: open.database, seal, now }).purge(id);
    await expect(openedBy(seal)).rejects.toThrow(Unopenable);
    await expect(openedBy(instance())).rejects.toThrow(Unopenable);
    await expect(ringSeal.open(copy.sealedKey, chatKeyBoundTo(id).boundTo)).rejects.toThrow(Unopenable);
    // An instance that had the key in memory forgets it within ten minutes.
    time += 10 * 60_000;
    await expect(openedBy(elsewhere)).rejects.toThrow(Unopenable);
    // The same company starts again.
    const again = (await open.database.selectFrom('account').select('id').executeTakeFirstOrThrow()).id;
    await seal.seal('another key', chatKeyBoundTo(again));
    await expect(seal.open(copy.sealedKey, { ...chatKeyBoundTo(id), accountId: again })).rejects.toThrow(
      Unopenable,
    );
  });

  it('does not open for another account, even if the data key is moved there', async () => {
    const [one = '', other = ''] = await accounts(2);
    const sealed = await instance().seal('the key', chatKeyBoundTo(one));
    await instance().seal('another key', chatKeyBoundTo(other));
    const stolen = { ...chatKeyBoundTo(one), accountId: other };
    await expect(instance().open(sealed, stolen)).rejects.toThrow(Unopenable);
    const { sealedDataKey } = await open.database
      .selectFrom('account')
      .select('sealedDataKey')
      .where('id', '=', one)
      .executeTakeFirstOrThrow();
    await open.database.updateTable('account').set({ sealedDataKey }).where('id', '=', other).execute();
    await expect(instance().open(sealed, stolen)).rejects.toThrow(Unopenable);
  });

  it('cannot be made for an account that is gone', async () => {
    const id = await account();
    await open.database.deleteFrom('account').where('id', '=', id).execute();
    await expect(instance().seal('the key', chatKeyBoundTo(id))).rejects.toThrow(Unopenable);
  });
});
