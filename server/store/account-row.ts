import * as v from 'valibot';
import { CRM_NAMES, type Account } from '../caller.ts';
import type { Database } from './database.ts';

/** CRM names as stored in the database. */
export const crmNames = v.picklist(CRM_NAMES);

/** Returns the row id of an account that a token has proven, and creates the row on first sight. */
export async function accountRow(database: Database, { crm, id }: Account): Promise<string> {
  const there = database
    .selectFrom('account')
    .select('id')
    .where('crm', '=', crm)
    .where('crmAccountId', '=', id);
  const found = await there.executeTakeFirst();
  if (found) return found.id;
  await database
    .insertInto('account')
    .values({ crm, crmAccountId: id })
    .onConflict(conflict => conflict.columns(['crm', 'crmAccountId']).doNothing())
    .execute();
  return (await there.executeTakeFirstOrThrow()).id;
}
