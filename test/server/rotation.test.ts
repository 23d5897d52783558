/** Sealing all data keys again with a new key of the ring, while the server runs. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantBoundTo, openTokens, sealTokens } from '../../server/accounts/tokens.ts';
import { rotate, SEALED } from '../../server/operations/rotation.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { sealWith, type RingSeal } from '../../server/store/seal.ts';
import { freshDatabase, kinds } from '../support/databases.ts';
import { sealIn } from '../support/seals.ts';

const keyOf = (id: string, byte: number) => ({ id, key: new Uint8Array(32).fill(byte) });
const OLD = keyOf('old', 1);
const NEW = keyOf('new', 2);
const before = sealWith([OLD]);
const during = sealWith([NEW, OLD]);
const after = sealWith([NEW]);
/** More than one batch. */
const ACCOUNTS = 120;

describe.each(kinds())('a rotation (%s)', kind => {
  let open: OpenDatabase;
  let ids: readonly string[];
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  /** Each account has a grant of one person. */
  beforeEach(async () => {
    for (const table of ['crmGrant', 'account'] as const) await open.database.deleteFrom(table).execute();
    const accounts = Array.from({ length: ACCOUNTS }, (_, at) => ({
      crm: 'amocrm',
      crmAccountId: String(at),
    }));
    const rows = await open.database.insertInto('account').values(accounts).returning('id').execute();
    ids = rows.map(({ id }) => id);
    const seal = sealIn(open.database, before);
    const grants = await Promise.all(
      ids.map(async accountId => {
        const whose = { accountId, employeeId: '1' };
        const sealedTokens = await sealTokens(seal, whose, { access: `token ${accountId}`, refresh: 'r' });
        return { ...whose, isAdmin: true, sealedTokens, expiresAt: new Date() };
      }),
    );
    await open.database.insertInto('crmGrant').values(grants).execute();
  });
  afterAll(() => open.close());

  const tokensWith = async (ring: RingSeal): Promise<readonly string[]> => {
    const rows = await open.database.selectFrom('crmGrant').selectAll().orderBy('id').execute();
    const seal = sealIn(open.database, ring);
    return Promise.all(rows.map(async row => (await openTokens(seal, row)).access));
  };
  const allTokens = () => ids.map(id => `token ${id}`);
  /** The ring, which runs `meddle` when it seals for the n-th time. */
  const meddling = (at: number, meddle: () => Promise<void>): RingSeal => {
    let left = at;
    return {
      ...during,
      async seal(text, boundTo) {
        if (left === 0) await meddle();
        left -= 1;
        return during.seal(text, boundTo);
      },
    };
  };

  it('keeps every secret readable, without the old key', async () => {
    expect(await rotate(open.database, during)).toEqual({ resealed: ACCOUNTS, unopenable: [] });
    expect(await tokensWith(after)).toEqual(allTokens());
    expect(await rotate(open.database, during)).toEqual({ resealed: 0, unopenable: [] });
  });

  it('that dies midway is finished by the next one', async () => {
    const dying = meddling(50, () => Promise.reject(new Error('killed')));
    await expect(rotate(open.database, dying)).rejects.toThrow('killed');
    expect(await tokensWith(during)).toEqual(allTokens());
    expect(await rotate(open.database, during)).toMatchObject({ resealed: ACCOUNTS - 50 });
    expect(await tokensWith(after)).toEqual(allTokens());
  });

  it('names what no key opens, and continues with the rest', async () => {
    const lost = sealWith([keyOf('lost', 9)]);
    const [accountId = ''] = ids;
    await open.database
      .updateTable('account')
      .set({ sealedDataKey: await lost.seal('a key', `data-key ${accountId}`) })
      .where('id', '=', accountId)
      .execute();
    expect(await rotate(open.database, during)).toEqual({
      resealed: ACCOUNTS - 1,
      unopenable: [`account ${accountId}`],
    });
  });

  it('covers every sealed column, except codes and journeys, which are gone in twenty minutes', async () => {
    const { rows } = await sql<{ place: string }>`
      select table_name || '.' || column_name as place from information_schema.columns
      where table_schema = 'public' and column_name like 'sealed%'
    `.execute(open.database);
    expect(rows.map(({ place }) => place).toSorted()).toEqual(
      [
        'arrival.sealed_code',
        'journey.sealed_key',
        ...SEALED.map(({ table, column }) => `${table}.${column}`),
      ].toSorted(),
    );
  });

  describe('of secrets from before accounts had data keys', () => {
    const rewritten = async (access: string, seal: RingSeal) => {
      const whose = { accountId: ids[0] ?? '', employeeId: '1' };
      const tokens = JSON.stringify({ access, refresh: 'r' });
      await open.database
        .updateTable('crmGrant')
        .set({ sealedTokens: await seal.seal(tokens, grantBoundTo(whose).boundTo) })
        .where('accountId', '=', whose.accountId)
        .execute();
    };
    beforeEach(async () => {
      await rewritten('older', before);
    });

    it('leaves nothing that the ring can open without a data key', async () => {
      expect((await tokensWith(during))[0]).toBe('older');
      expect(await rotate(open.database, during)).toEqual({ resealed: ACCOUNTS + 1, unopenable: [] });
      expect((await tokensWith(after))[0]).toBe('older');
      const { sealedTokens } = await open.database
        .selectFrom('crmGrant')
        .selectAll()
        .orderBy('id')
        .executeTakeFirstOrThrow();
      await expect(
        during.open(sealedTokens, grantBoundTo({ accountId: ids[0] ?? '', employeeId: '1' }).boundTo),
      ).rejects.toThrow('No key of the ring opens it');
    });

    it('does not overwrite what an instance writes meanwhile', async () => {
      await open.database.updateTable('account').set({ sealedDataKey: null }).execute();
      // An older instance renews the grant that is just being sealed, for which the account gets its key.
      await rotate(
        open.database,
        meddling(0, () => rewritten('renewed', before)),
      );
      const row = await open.database
        .selectFrom('crmGrant')
        .selectAll()
        .orderBy('id')
        .executeTakeFirstOrThrow();
      expect((await openTokens(sealIn(open.database, after), row)).access).toBe('renewed');
    });

    it('names what no key opens, and continues with the rest', async () => {
      await rewritten('lost', sealWith([keyOf('lost', 9)]));
      const { id } = await open.database
        .selectFrom('crmGrant')
        .select('id')
        .orderBy('id')
        .executeTakeFirstOrThrow();
      expect(await rotate(open.database, during)).toEqual({
        resealed: ACCOUNTS,
        unopenable: [`crm_grant ${id}`],
      });
    });
  });
});
