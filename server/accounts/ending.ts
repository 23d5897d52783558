/** How a grant ends: the CRM no longer takes its tokens. The history tells whose it was, and the account is looked at anew. */
import { noted } from '../history/change.ts';
import type { Database } from '../store/database.ts';
import { reconsidered } from './state.ts';

/** As the history tells of it: who, and nothing of the tokens. */
export const grantOf = (employeeId: string) => ({ employeeId, origin: null, what: 'crm-grant' }) as const;

/** Does nothing where somebody has written the grant since that version. */
export async function ended(
  database: Database,
  grant: { readonly id: string; readonly version?: number },
  now: Date,
): Promise<void> {
  await database.transaction().execute(async transaction => {
    const row = await transaction
      .updateTable('crmGrant')
      .set({ isDead: true })
      .where('id', '=', grant.id)
      .where('isDead', '=', false)
      .$if(grant.version !== undefined, query => query.where('version', '=', grant.version ?? 0))
      .returning(['accountId', 'employeeId', 'isAdmin'])
      .executeTakeFirst();
    if (!row) return;
    const { accountId, employeeId, isAdmin } = row;
    const before = { isGiven: true, isAdmin };
    await noted(transaction, accountId, {
      ...grantOf(employeeId),
      before,
      after: { ...before, isGiven: false },
    });
    await reconsidered(transaction, accountId, now);
  });
}
