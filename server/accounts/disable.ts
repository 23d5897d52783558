/**
 * The CRM reports once that an account has disabled us. The call is signed but contains no time, so anyone who has seen it
 * can send it again later. It is therefore only a reason to ask the CRM whether it still accepts our grants.
 */
import type { Crm } from '../crm/crm.ts';
import type { GuestKit } from '../crm/kit.ts';
import type { Database } from '../store/database.ts';
import { markDisabled } from './state.ts';

export type Disabling = {
  /** False for a call that the CRM has not signed. */
  readonly receive: (query: URLSearchParams) => Promise<boolean>;
  /** Asks the CRM about each reported account, and asks again later if the CRM cannot answer now. */
  readonly work: (leaving: AbortSignal) => Promise<void>;
};

export type DisablingGiven = {
  readonly database: Database;
  /** Null if the server is not set up for a CRM that reports this. */
  readonly guest: Pick<GuestKit, 'disabledIn' | 'names'> | null;
  readonly letsIn: Crm['letsIn'];
  /** Called when the CRM is to be asked. */
  readonly wake: () => Promise<void>;
  readonly now: () => Date;
};

export function createDisabling({ database, guest, letsIn, wake, now }: DisablingGiven): Disabling {
  return {
    async receive(query) {
      const accountId = guest?.disabledIn(query) ?? null;
      if (!guest || accountId === null) return false;
      // The call does not name the CRM: amoCRM and Kommo may each have an account with this number.
      await database
        .updateTable('account')
        .set({ disableToldAt: now() })
        .where('crm', 'in', guest.names)
        .where('crmAccountId', '=', accountId)
        .where('state', 'not in', ['disabled', 'purged'])
        .execute();
      await wake();
      return true;
    },
    async work(leaving) {
      const reported = await database
        .selectFrom('account')
        .select('id')
        .where('disableToldAt', 'is not', null)
        .execute();
      for (const { id } of reported) {
        if (leaving.aborted) return;
        const isTaken = await letsIn(id, leaving);
        if (isTaken === false) await markDisabled(database, id, now());
        else if (isTaken === true)
          await database.updateTable('account').set({ disableToldAt: null }).where('id', '=', id).execute();
      }
    },
  };
}
