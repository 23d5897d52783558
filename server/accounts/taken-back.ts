/**
 * A CRM reports once that an employee has uninstalled us. They may have installed us again before the report is processed,
 * so it is only a reason to ask the CRM whether it still accepts their refresh token.
 */
import type { Account } from '../caller.ts';
import type { Database } from '../store/database.ts';
import type { Renewals } from './renewal.ts';
import { leaveIfAbandoned } from './state.ts';

export type TakenBack = {
  readonly receive: (account: Account, employeeId: string) => Promise<void>;
  /** Asks the CRM about each reported person, and asks again later if the CRM cannot answer now. */
  readonly work: (leaving: AbortSignal) => Promise<void>;
};

/** How long a report counts although the CRM still accepts the tokens, because it may report before it revokes them. */
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
      const reported = await database
        .selectFrom('crmGrant')
        .select(['id', 'accountId', 'endToldAt'])
        .where('endToldAt', 'is not', null)
        .execute();
      for (const { id, accountId, endToldAt } of reported) {
        if (leaving.aborted) return;
        const { kind } = await renewals.renew(id, () => true, leaving);
        if (kind === 'later') continue;
        const isOld = now().getTime() - (endToldAt?.getTime() ?? 0) > BELIEVED_MILLISECONDS;
        if (kind === 'renewed' && !isOld) continue;
        await database
          .updateTable('crmGrant')
          .set({ endToldAt: null })
          .where('id', '=', id)
          .where('endToldAt', '=', endToldAt)
          .execute();
        if (kind === 'dead') await leaveIfAbandoned(database, accountId, now());
      }
    },
  };
}
