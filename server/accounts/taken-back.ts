/**
 * A CRM tells once that somebody has taken back what they gave us. They may have given it again by the time it is heard, so it
 * is no more than a reason to ask the CRM whether it still takes their refresh token.
 */
import type { Account } from '../caller.ts';
import type { Database } from '../store/database.ts';
import type { Renewals } from './renewal.ts';
import { abandoned } from './state.ts';

export type TakenBack = {
  readonly receive: (account: Account, employeeId: string) => Promise<void>;
  /** Asks about everybody who is said to have taken it back. Whom the CRM cannot tell about now is asked about again. */
  readonly work: (leaving: AbortSignal) => Promise<void>;
};

/** The CRM may tell before it has forgotten the tokens itself. */
const BELIEVED_MILLISECONDS = 3 * 60_000;

export function createTakenBack(given: {
  readonly database: Database;
  readonly renewals: Pick<Renewals, 'renew'>;
  /** Called when the CRM is to be asked. */
  readonly wake: () => Promise<void>;
  readonly now: () => Date;
}): TakenBack {
  const { database, renewals, wake, now } = given;
  return {
    async receive({ crm, id }, employeeId) {
      await database
        .updateTable('crmGrant')
        .set({ endToldAt: now() })
        .where('accountId', 'in', query =>
          query.selectFrom('account').select('id').where('crm', '=', crm).where('crmAccountId', '=', id),
        )
        .where('employeeId', '=', employeeId)
        .where('isDead', '=', false)
        .execute();
      await wake();
    },
    async work(leaving) {
      const said = await database
        .selectFrom('crmGrant')
        .select(['id', 'accountId', 'endToldAt'])
        .where('endToldAt', 'is not', null)
        .execute();
      for (const { id, accountId, endToldAt } of said) {
        if (leaving.aborted) return;
        const { kind } = await renewals.renew(id, () => true, leaving);
        if (kind === 'later') continue;
        const isSaidLongAgo = now().getTime() - (endToldAt?.getTime() ?? 0) > BELIEVED_MILLISECONDS;
        if (kind === 'renewed' && !isSaidLongAgo) continue;
        await database.updateTable('crmGrant').set({ endToldAt: null }).where('id', '=', id).execute();
        if (kind === 'dead') await abandoned(database, accountId, now());
      }
    },
  };
}
