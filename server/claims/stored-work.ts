/** The follow-up work of one client's claims, in the database. */
import type { Database } from '../store/database.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import type { ClaimState } from './claim.ts';
import { parseState } from './rows.ts';
import type { Work } from './work.ts';
import { openWork, sealWork } from './sealed-work.ts';

export type ClaimWork = {
  readonly press: string;
  readonly employeeId: string;
  readonly base: string | null;
  readonly toId: string;
  readonly state: ClaimState;
  readonly work: Work;
  /** Whether no step is waiting any more. */
  readonly isWorked: boolean;
};

export type WorkStore = {
  /** In the order in which the claims were made. */
  readonly of: (accountId: string, contactId: string) => Promise<readonly ClaimWork[]>;
  readonly save: (accountId: string, press: string, work: Work, isWorked: boolean) => Promise<void>;
};

export const storedWork = (database: Database, seal: AccountSeal): WorkStore => ({
  async of(accountId, contactId) {
    const rows = await database
      .selectFrom('claim')
      .select(['press', 'employeeId', 'base', 'toId', 'state', 'sealedWork', 'isWorked'])
      .where('accountId', '=', accountId)
      .where('contactId', '=', contactId)
      .where('sealedWork', 'is not', null)
      .orderBy('id')
      .execute();
    return Promise.all(
      rows.map(
        async ({ press, employeeId, base, toId, isWorked, sealedWork, state }): Promise<ClaimWork> => ({
          press,
          employeeId,
          base,
          toId,
          isWorked,
          state: parseState(state),
          work: await openWork(seal, { accountId, press }, sealedWork ?? ''),
        }),
      ),
    );
  },
  async save(accountId, press, work, isWorked) {
    const sealedWork = await sealWork(seal, { accountId, press }, work);
    await database
      .updateTable('claim')
      .set({ sealedWork, isWorked })
      .where('accountId', '=', accountId)
      .where('press', '=', press)
      .execute();
  },
});
