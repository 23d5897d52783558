/** The history says what was changed, and by whom. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { historyIn, type Change } from '../../server/history/change.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

const row = (userId: string, role: string): object => ({ channelId: 'c', userId, role });
const change = (id: string, employeeId = '8001'): Change => ({
  account: { crm: 'amocrm', id },
  employeeId,
  origin: 'https://crm.amocrm.ru',
  what: 'roles',
  before: { userRoles: [] },
  after: { userRoles: [row('1', 'seller')] },
});
const all = { before: null, employeeId: null };

describe.each(kinds())('the history (%s)', kind => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  afterAll(() => open.close());

  it('lists the newest change first, fifty at a time', async () => {
    const history = historyIn(open.database);
    for (let at = 0; at < 53; at += 1) await history.intend(change('31', String(at)));
    const account = change('31').account;
    const first = await history.list(account, all);
    expect(first.map(({ employeeId }) => employeeId)).toEqual(
      Array.from({ length: 50 }, (_, at) => String(52 - at)),
    );
    const rest = await history.list(account, { ...all, before: first.at(-1)?.id ?? null });
    expect(rest.map(({ employeeId }) => employeeId)).toEqual(['2', '1', '0']);
    expect(await history.list(account, { ...all, employeeId: '7' })).toHaveLength(1);
  });

  it('shows how a change ended by what was read back, and keeps the first outcome', async () => {
    const history = historyIn(open.database);
    const settle = await history.intend(change('32'));
    await settle('accepted', { userRoles: [row('1', 'manager')] });
    await settle('refused');
    expect(await history.list(change('32').account, all)).toEqual([
      expect.objectContaining({
        outcome: 'accepted',
        origin: 'https://crm.amocrm.ru',
        difference: {
          lines: [{ thing: 'role', channel: 'c', person: '1', before: 'none', after: 'supervisor' }],
          more: 0,
        },
      }),
    ]);
  });

  it('has every role before a change, for its own account only', async () => {
    const history = historyIn(open.database);
    const before = { userRoles: [row('1', 'seller'), row('2', 'auditor')] };
    await history.intend({ ...change('36'), before });
    const [made] = await history.list(change('36').account, all);
    expect(await history.stateBefore(change('36').account, 'roles', made?.id ?? '')).toEqual(before);
    expect(await history.stateBefore(change('37').account, 'roles', made?.id ?? '')).toBeUndefined();
    expect(await history.stateBefore(change('36').account, 'own-settings', made?.id ?? '')).toBeUndefined();
  });

  describe('of a change with an unknown outcome', () => {
    const { account } = change('38');
    const outcomes = async () =>
      (await historyIn(open.database).list(account, all)).map(({ outcome }) => outcome);
    const isLater = () =>
      open.database
        .updateTable('change')
        .set({ at: new Date(Date.now() - 61_000) })
        .execute();
    const unknown = async (id: string) => {
      const settle = await historyIn(open.database).intend(change(id));
      await settle('unknown');
    };
    const readBack = (current: unknown) => historyIn(open.database).readBack(account, 'roles', current);
    beforeEach(async () => {
      await open.database.deleteFrom('change').execute();
      await unknown('38');
    });

    it('says "accepted" once the list that is read equals the sent one, in any order', async () => {
      await readBack({ userRoles: [{ userId: '1', role: 'seller', channelId: 'c' }] });
      expect(await outcomes()).toEqual(['accepted']);
    });

    it('says "refused" once the change can no longer arrive and the list is as before', async () => {
      await readBack({ userRoles: [] });
      expect(await outcomes()).toEqual(['unknown']);
      await isLater();
      await readBack({ userRoles: [] });
      expect(await outcomes()).toEqual(['refused']);
    });

    it('says "unknown" while the list is something else', async () => {
      await isLater();
      await readBack({ userRoles: [row('9', 'auditor')] });
      expect(await outcomes()).toEqual(['unknown']);
    });

    it.each([
      ['accepted', 'its intended result', change('38').after],
      ['refused', 'the state before it', change('38').before],
      ['unknown', 'something else', { userRoles: [row('9', 'auditor')] }],
    ])('says "%s" when the next change started from %s', async (outcome, _from, before) => {
      await isLater();
      const settle = await historyIn(open.database).intend({
        ...change('38'),
        before,
        after: { userRoles: [] },
      });
      await settle('accepted');
      await readBack({ userRoles: [] });
      expect(await outcomes()).toEqual(['accepted', outcome]);
    });

    it('stays the same after a list of another account or settings of another kind', async () => {
      await historyIn(open.database).readBack(change('39').account, 'roles', change('38').after);
      await historyIn(open.database).readBack(account, 'own-settings', change('38').after);
      expect(await outcomes()).toEqual(['unknown']);
    });
  });

  it('does not show the changes of another account', async () => {
    const history = historyIn(open.database);
    await history.intend(change('33'));
    expect(await history.list(change('34').account, all)).toEqual([]);
  });

  it('shows a change as unknown when its server died before it noted the outcome', async () => {
    const history = historyIn(open.database);
    await history.intend(change('35'));
    expect((await history.list(change('35').account, all))[0]?.outcome).toBe('intended');
    await open.database
      .updateTable('change')
      .set({ at: new Date(Date.now() - 61_000) })
      .where('employeeId', '=', '8001')
      .execute();
    expect((await history.list(change('35').account, all))[0]?.outcome).toBe('unknown');
  });
});
