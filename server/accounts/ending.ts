/**
 * Ends a grant whose tokens the CRM no longer accepts. The history names its person, and the account's state is
 * updated.
 */
import { noted } from '../history/change.ts';
import type { Database } from '../store/database.ts';
import { updateState, type Circumstances } from './state.ts';

/** A grant as it was read. Each renewal and each new consent creates another version. */
export type GrantVersion = { readonly id: string; readonly version: number };

/** How the history names a grant: by its person, without the tokens. */
export const grantOf = (employeeId: string) => ({ employeeId, origin: null, what: 'crm-grant' }) as const;

/** Does nothing if the grant was renewed or given again since that version. */
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
