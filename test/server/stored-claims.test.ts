/** Grants under load: when many people and instances ask at once, one person gets the client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_CLAIMS, MOST_GRANTS, type GrantAnswer } from '../../server/claims/claim.ts';
import { storedClaims } from '../../server/claims/stored-claims.ts';
import { claimLane } from '../../server/claims/claim-lane.ts';
import type { ClaimStore } from '../../server/claims/claim-store.ts';
import { openDatabase, type OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, freshPostgres, kinds } from '../support/databases.ts';
import { sealIn } from '../support/seals.ts';

const PLAN = { deals: [], note: null, task: null, answer: null, undoes: null };
const NOW = Date.UTC(2026, 0, 5, 9);

describe.each(kinds())('clients that many people claim at once (%s)', kind => {
  const opened: OpenDatabase[] = [];
  /** One for each instance. An embedded database has only one. */
  let stores: readonly ClaimStore[];
  let accountId: string;
  beforeAll(async () => {
    if (kind === 'postgres') {
      const url = await freshPostgres();
      opened.push(await openDatabase({ kind, url }), await openDatabase({ kind, url }));
    } else opened.push(await freshDatabase(kind));
    stores = opened.map(({ database }) => storedClaims(database, sealIn(database)));
    const [first] = opened;
    if (!first) throw new Error('There is a database');
    const { id } = await first.database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: '1', host: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    accountId = id;
  });
  afterAll(async () => {
    for (const { close } of opened) await close();
  });

  const claim = (who: string, contactId: string) => ({
    press: crypto.randomUUID(),
    contactId,
    base: null,
    toId: who,
    plan: PLAN,
  });
  const reportOf = (who: string, contactId: string, at = NOW) => ({
    ...claim(who, contactId),
    outcome: 'written' as const,
    at: Math.floor(at / 1000),
  });
  const storeAt = (at: number): ClaimStore => {
    const store = stores[at % stores.length];
    if (!store) throw new Error('There is a store');
    return store;
  };
  const ask = (at: number, who: string, contactIds: readonly string[]): Promise<readonly GrantAnswer[]> => {
    const asked = contactIds.map(id => claim(who, id));
    return storeAt(at).grant(accountId, who, asked, NOW);
  };
  const people = Array.from({ length: 12 }, (_, at) => String(11 + at));

  it('whose claims are due are reported once, and each has one lane', async () => {
    const ids = Array.from({ length: 20 }, (_, at) => String(9000 + at));
    await ask(0, '77', ids);
    const later = NOW + 3_600_000;
    const due = (await Promise.all([0, 1, 2].map(at => storeAt(at).due(later)))).flat();
    const ours = due.flatMap(({ contactId }) => (ids.includes(contactId) ? contactId : []));
    expect(ours.toSorted()).toEqual(ids);
    const [first] = opened;
    const lanes = await first?.database
      .selectFrom('lane')
      .select('name')
      .where('accountId', '=', accountId)
      .where('name', 'in', ids.map(claimLane))
      .orderBy('name')
      .execute();
    expect(lanes).toEqual(ids.map(id => ({ name: claimLane(id) })));
  });

  it('are each kept for one person', async () => {
    const answers = await Promise.all(people.map((who, at) => ask(at, who, ['501'])));
    expect(answers.flat().filter(({ kind: is }) => is === 'granted')).toHaveLength(1);
    const by = new Set(answers.flat().flatMap(one => (one.kind === 'held' ? one.by : [])));
    expect(by.size).toBe(1);
  });

  it('can be claimed in whole lists at once, in any order', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => String(600 + at));
    const lists = people.map((who, at) => ask(at, who, at % 2 === 0 ? ids : ids.toReversed()));
    const granted = (await Promise.all(lists)).flat().filter(({ kind: is }) => is === 'granted');
    expect(granted).toHaveLength(ids.length);
  });

  it('can be reported in whole lists at once, in any order', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => String(700 + at));
    const lists = people.map((who, at) => {
      const named = at % 2 === 0 ? ids : ids.toReversed();
      return storeAt(at).report(
        accountId,
        who,
        named.map(id => reportOf(who, id)),
        NOW,
      );
    });
    await Promise.all(lists);
    const known = await Promise.all(ids.map(id => storeAt(0).of(accountId, id)));
    expect(known.map(one => one?.claims.length)).toEqual(ids.map(() => people.length));
  });

  it('are kept for one person up to a limit of fifty', async () => {
    const asks = Array.from({ length: 80 }, (_, at) => ask(at, '99', [String(900 + at)]));
    const granted = (await Promise.all(asks)).flat().filter(({ kind: is }) => is === 'granted');
    expect(granted).toHaveLength(MOST_GRANTS);
  });

  it('can be claimed by one person up to a limit per hour', async () => {
    const report = (count: number, at = NOW) =>
      storeAt(0).report(
        accountId,
        '77',
        Array.from({ length: count }, (_, one) => reportOf('77', String(2000 + one), at)),
        at,
      );
    await report(MOST_CLAIMS);
    await expect(report(1)).rejects.toMatchObject({ code: 'TOO_MANY_AT_ONCE' });
    expect((await ask(0, '77', ['5000'])).map(({ kind: is }) => is)).toEqual(['too-many']);
    const later = NOW + 3_601_000;
    await report(1, later);
  });

  it('that were granted can be reported even at the limit of the hour', async () => {
    const store = storeAt(0);
    const lists = Array.from({ length: MOST_CLAIMS / MOST_GRANTS }, (_, list) =>
      Array.from({ length: MOST_GRANTS }, (_, at) => reportOf('78', String(3000 + list * MOST_GRANTS + at))),
    );
    for (const [at, list] of lists.entries()) {
      const answers = await store.grant(accountId, '78', list, NOW + at * 31_000);
      expect(new Set(answers.map(({ kind: is }) => is))).toEqual(new Set(['granted']));
    }
    await store.report(accountId, '78', lists.at(-1) ?? [], NOW + lists.length * 31_000);
    const last = await store.of(accountId, lists.at(-1)?.[0]?.contactId ?? '');
    expect(last?.claims).toMatchObject([{ outcome: 'written' }]);
  });
});
