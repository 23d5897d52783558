/** Clients' rows and their claims, locked for as long as a request or a report is decided. */
import type { Transaction } from 'kysely';
import * as v from 'valibot';
import type { Tables } from '../store/tables.ts';
import type { Claim, ClaimRequest } from './claim.ts';
import type { ClaimedClient } from './grant.ts';
import { CLAIM, claim, clientIn } from './rows.ts';

type LockedRows = {
  readonly clients: ReadonlyMap<string, ClaimedClient>;
  /** By press: the claims with the clients' latest grants, and those named in the request. */
  readonly claims: ReadonlyMap<string, Claim>;
};

/** Locks rows in the order of their ids, so that two requests cannot deadlock. */
export async function lockRows(
  within: Transaction<Tables>,
  accountId: string,
  named: readonly Pick<ClaimRequest, 'contactId' | 'press'>[],
): Promise<LockedRows> {
  const rows = await within
    .selectFrom('claimedClient')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('contactId', 'in', [...new Set(named.map(({ contactId }) => contactId))])
    .orderBy('contactId')
    .forUpdate()
    .execute();
  const presses = [...rows.map(({ heldPress }) => heldPress ?? ''), ...named.map(({ press }) => press)];
  const claims = await within
    .selectFrom('claim')
    .select(CLAIM)
    .where('accountId', '=', accountId)
    .where('press', 'in', presses)
    .execute();
  return {
    clients: new Map(rows.map(row => [row.contactId, clientIn(row)])),
    claims: new Map(claims.map(one => [one.press, v.parse(claim, one)])),
  };
}
