/** What admins set for everybody in their account stays consistent when several write at the same time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyIn } from '../../server/history/change.ts';
import { ownSettingsIn, type OwnSettingsChange } from '../../server/own-settings/own-settings.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

const change = (id: string, expected: string, settings: object): OwnSettingsChange => ({
  account: { crm: 'amocrm', id },
  employeeId: '8001',
  origin: 'https://crm.amocrm.ru',
  expected,
  settings,
});
const all = { before: null, employeeId: null };

describe.each(kinds())('own settings (%s)', kind => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  afterAll(() => open.close());
  const kept = () => ownSettingsIn(open.database);
  const changesOf = (id: string) => historyIn(open.database).list({ crm: 'amocrm', id }, all);

  it('are empty until an admin saves some, and are read as they were saved', async () => {
    const { account } = change('1', '0', {});
    expect(await kept().read(account)).toEqual({ version: '0', settings: null });
    const settings = { v: 1, channels: { people: { some_body: 'c', __proto: 'd' }, groups: {} } };
    expect(await kept().write(change('1', '0', settings))).toEqual({ version: '1', settings });
    expect(await kept().read(account)).toEqual({ version: '1', settings });
    expect(await kept().read({ crm: 'kommo', id: '1' })).toEqual({ version: '0', settings: null });
  });

  it('are not written over a version that the writer has not seen', async () => {
    await kept().write(change('2', '0', { standInOwners: ['7'] }));
    expect(await kept().write(change('2', '0', { standInOwners: ['8'] }))).toBeNull();
    expect(await kept().read(change('2', '0', {}).account)).toMatchObject({
      settings: { standInOwners: ['7'] },
    });
    expect(await changesOf('2')).toHaveLength(1);
  });

  it.each(['first', 'later'])('accept one of ten simultaneous %s writes', async when => {
    const id = `3-${when}`;
    const base = when === 'first' ? '0' : '1';
    if (when === 'later') await kept().write(change(id, '0', { v: 0 }));
    const written = await Promise.all(
      Array.from({ length: 10 }, (_, at) => kept().write(change(id, base, { v: at + 1 }))),
    );
    expect(written.filter(one => one !== null)).toHaveLength(1);
    expect(await changesOf(id)).toHaveLength(Number(base) + 1);
  });

  it('appear in the history with their difference, once for each change', async () => {
    await kept().write(change('4', '0', { standInOwners: [] }));
    await kept().write(change('4', '1', { standInOwners: [] }));
    await kept().write(change('4', '1', { standInOwners: ['7'] }));
    expect(await changesOf('4')).toMatchObject([
      {
        what: 'own-settings',
        outcome: 'accepted',
        employeeId: '8001',
        difference: { lines: [{ thing: 'standIn', person: '7', before: 'no', after: 'yes' }], more: 0 },
      },
      { difference: { lines: [], more: 0 } },
    ]);
  });

  it('are not changed when their row in the history cannot be written', async () => {
    const broken = change('5', '0', { v: 1 });
    // No database accepts half a character.
    await expect(kept().write({ ...broken, settings: { v: '\ud800' } })).rejects.toThrow(
      /Unicode|surrogate|json/i,
    );
    expect(await kept().read(broken.account)).toEqual({ version: '0', settings: null });
  });
});
