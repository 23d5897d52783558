/** Runs the claim scenarios of test/unit/server/claims on real tables of grants, verdicts and repairs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedClaims } from '../../server/claims/stored-claims.ts';
import type { ClaimStore } from '../../server/claims/claim-store.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { lived } from '../support/claim-lives/lived.ts';
import { SCENARIOS } from '../support/claim-lives/scenarios.ts';
import { freshDatabase, kinds } from '../support/databases.ts';
import { sealIn } from '../support/seals.ts';

const isLong = process.env['SOAK'] === 'long';
/** Each life runs several hundred statements, so ten times as many lives would take hours. */
const LIVES = isLong ? 50 : 2;
const LIMIT_MILLISECONDS = isLong ? 900_000 : 60_000;

describe.each(kinds())('claims in a database (%s)', kind => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  afterAll(() => open.close());

  let accounts = 0;
  async function newStore(): Promise<ClaimStore> {
    const { database } = open;
    const { id } = await database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: String((accounts += 1)), host: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const store = storedClaims(database, sealIn(database));
    return {
      grant: (_, ...asked) => store.grant(id, ...asked),
      report: (_, ...told) => store.report(id, ...told),
      reportFirst: (_, ...told) => store.reportFirst(id, ...told),
      of: (_, ...one) => store.of(id, ...one),
      saveJudgement: (_, ...settled) => store.saveJudgement(id, ...settled),
      lookAgain: (_, ...one) => store.lookAgain(id, ...one),
      saveRepair: (_, ...repair) => store.saveRepair(id, ...repair),
      due: async now => (await store.due(now)).filter(({ accountId }) => accountId === id),
    };
  }

  it.each(SCENARIOS)(
    'end correctly: $name',
    async scenario => {
      // Seeds that the test without a database does not use.
      const { wrong, untrue } = await lived(scenario, { lives: LIVES, firstSeed: 20_001, newStore });
      expect({ wrong, untrue }).toEqual({ wrong: [], untrue: [] });
    },
    LIMIT_MILLISECONDS,
  );
});
