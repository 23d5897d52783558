/** How a grant ends: the CRM no longer takes its tokens. The history tells whose it was, and the account's state is set anew. */
import { noted } from '../history/change.ts';
import type { Database } from '../store/database.ts';
import { updateState, type Circumstances } from './state.ts';

/** A grant as it was read. Whatever renews it or gives it again makes another version. */
export type GrantVersion = { readonly id: string; readonly version: number };

/** How the history names a grant: by its person, without the tokens. */
export const grantOf = (employeeId: string) => ({ employeeId, origin: null, what: 'crm-grant' }) as const;

/** Does nothing where the grant was renewed or given again since that version. */
export async function endGrant(
  database: Database,
  { id, version }: GrantVersion,
  circumstances: Circumstances,
): Promise<void> {
  await database.transaction().execute(async transaction => {
    const row = await transaction
      .updateTable('crmGrant')
      .set({ isDead: true })
      .where('id', '=', id)
      .where('isDead', '=', false)
      .where('version', '=', version)
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
    await updateState(transaction, accountId, circumstances);
  });
}
