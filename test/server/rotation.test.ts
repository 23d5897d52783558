/** Sealing everything again with a new key, while the server runs. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chatKeyBoundTo } from '../../server/chat/wazzup/connection.ts';
import { openTokens, sealTokens } from '../../server/accounts/tokens.ts';
import { rotate, SEALED } from '../../server/operations/rotation.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { sealWith, type Seal } from '../../server/store/seal.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

const keyOf = (id: string, byte: number) => ({ id, key: new Uint8Array(32).fill(byte) });
const OLD = keyOf('old', 1);
const NEW = keyOf('new', 2);
const before = sealWith([OLD]);
const during = sealWith([NEW, OLD]);
const after = sealWith([NEW]);
/** More than one piece. */
const GRANTS = 120;

describe.each(kinds())('a rotation (%s)', kind => {
  let open: OpenDatabase;
  let accountId: string;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  beforeEach(async () => {
    for (const table of ['chatConnection', 'crmGrant', 'account'] as const)
      await open.database.deleteFrom(table).execute();
    const account = await open.database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: '31' })
      .returning('id')
      .executeTakeFirstOrThrow();
    accountId = account.id;
    const people = Array.from({ length: GRANTS }, (_, at) => String(at));
    const grants = await Promise.all(
      people.map(async employeeId => ({
        accountId,
        employeeId,
        isAdmin: true,
        sealedTokens: await sealed(before, employeeId),
        expiresAt: new Date(),
      })),
    );
    await open.database.insertInto('crmGrant').values(grants).execute();
    await open.database
      .insertInto('chatConnection')
      .values({
        accountId,
        sealedKey: await before.seal('the key', chatKeyBoundTo(accountId)),
        keyDigest: 'digest',
        keyKind: 'v3',
      })
      .execute();
  });
  afterAll(() => open.close());

  const sealed = (seal: Seal, employeeId: string, access = `token ${employeeId}`): Promise<string> =>
    sealTokens(seal, { accountId, employeeId }, { access, refresh: 'r' });
  async function tokensOpenedBy(seal: Seal): Promise<readonly string[]> {
    const rows = await open.database.selectFrom('crmGrant').selectAll().execute();
    return Promise.all(rows.map(async row => (await openTokens(seal, row)).access));
  }

  it('leaves everything as it was, openable without the old key', async () => {
    expect(await rotate(open.database, during)).toEqual({ resealed: GRANTS + 1, unopenable: [] });
    expect(await tokensOpenedBy(after)).toHaveLength(GRANTS);
    const { sealedKey } = await open.database
      .selectFrom('chatConnection')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(await after.open(sealedKey, chatKeyBoundTo(accountId))).toBe('the key');
    expect(await rotate(open.database, during)).toEqual({ resealed: 0, unopenable: [] });
  });

  it('that dies midway is ended by the next one', async () => {
    let left = 50;
    const dying: Seal = {
      ...during,
      async seal(text, boundTo) {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return during.seal(text, boundTo);
      },
    };
    await expect(rotate(open.database, dying)).rejects.toThrow('killed');
    expect(await tokensOpenedBy(during)).toHaveLength(GRANTS);
    expect(await rotate(open.database, during)).toMatchObject({ resealed: GRANTS + 1 - 50 });
    expect(await tokensOpenedBy(after)).toHaveLength(GRANTS);
  });

  it('overwrites nothing that an instance writes meanwhile, with either key', async () => {
    let isFirst = true;
    const busy: Seal = {
      ...during,
      async seal(text, boundTo) {
        if (isFirst) {
          isFirst = false;
          // An instance that does not know the new key yet renews the grant that is just being sealed.
          await open.database
            .updateTable('crmGrant')
            .set({ sealedTokens: await sealed(before, '0', 'renewed') })
            .where('employeeId', '=', '0')
            .execute();
        }
        return during.seal(text, boundTo);
      },
    };
    await rotate(open.database, busy);
    expect(await tokensOpenedBy(after)).toContain('renewed');
  });

  it('names what no key opens, and goes on with the rest', async () => {
    const lost = sealWith([{ id: 'lost', key: new Uint8Array(32).fill(9) }]);
    const { id } = await open.database
      .updateTable('crmGrant')
      .set({ sealedTokens: await sealed(lost, '7') })
      .where('employeeId', '=', '7')
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(await rotate(open.database, during)).toEqual({
      resealed: GRANTS,
      unopenable: [`crm_grant ${id}`],
    });
  });

  it('knows every column that holds something sealed, but for codes and journeys, which are gone in twenty minutes', async () => {
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
});
