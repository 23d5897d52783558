/** Claims in the database. Requests and reports lock the client's row, so that several instances act as one. */
import { sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../store/database.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import { hinting } from '../store/lanes.ts';
import type { Tables } from '../store/tables.ts';
import { Refused } from '../http/refusal.ts';
import {
  byContact,
  GRANT_SECONDS,
  MOST_CLAIMS,
  type Claim,
  type ClaimReport,
  type ClaimRequest,
  type GrantAnswer,
} from './claim.ts';
import { claimLane } from './claim-lane.ts';
import type { ClaimStore } from './claim-store.ts';
import { countRecentClaims } from './recent-claims.ts';
import { decideGrant, recordReport, type ClaimedClient } from './grant.ts';
import { lockRows } from './locked-rows.ts';
import { CLAIM, claim, columnsOf, ledger } from './rows.ts';
import { newWork } from './work.ts';
import { sealWork } from './sealed-work.ts';

/** Claims older than this were judged long ago. */
const MAX_AGE_SECONDS = 24 * 3600;
const DUE_AT_ONCE = 200;

type Reporting = { readonly accountId: string; readonly employeeId: string; readonly now: number };

type Sealed = { readonly contactId: string; readonly sealedWork: string };

export function storedClaims(database: Database, seal: AccountSeal): ClaimStore {
  /** Runs before the transaction, because sealing may read the account's key from the database. */
  const sealAll = <T extends ClaimRequest>(accountId: string, all: readonly T[]): Promise<(T & Sealed)[]> =>
    Promise.all(
      all.map(async one => ({
        ...one,
        sealedWork: await sealWork(seal, { accountId, ...one }, newWork(one.plan)),
      })),
    );

  async function save(
    within: Transaction<Tables>,
    accountId: string,
    { contactId, sealedWork }: Sealed,
    { client, claim: one }: { readonly client: ClaimedClient; readonly claim: Claim },
    lookAt: number,
  ): Promise<void> {
    const columns = columnsOf(client);
    await within
      .insertInto('claimedClient')
      .values({ accountId, contactId, ...columns, lookAt })
      .onConflict(conflict =>
        conflict
          .columns(['accountId', 'contactId'])
          .doUpdateSet({ ...columns, lookAt: sql<number>`least(claimed_client.look_at, ${lookAt})` }),
      )
      .execute();
    const { press, kind, employeeId, base, toId, from, heardAt, outcome, state } = one;
    const changing = { writtenFrom: from, heardAt, told: outcome, state };
    await within
      .insertInto('claim')
      .values({
        accountId,
        press,
        contactId,
        kind,
        employeeId,
        base,
        toId,
        ...changing,
        sealedWork,
      })
      .onConflict(conflict => conflict.columns(['accountId', 'press']).doUpdateSet(changing))
      .execute();
  }

  const isFull = async (within: Transaction<Tables>, { accountId, employeeId, now }: Reporting) =>
    (await countRecentClaims(within, accountId, employeeId, now / 1000)) >= MOST_CLAIMS;

  /** False for a colleague's press, or when `accepts` rejects what is known about the press. */
  async function saveReport(
    within: Transaction<Tables>,
    { accountId, employeeId, now }: Reporting,
    one: ClaimReport & Sealed,
    accepts: (known: Claim | undefined) => boolean,
  ): Promise<boolean> {
    await sql`
      select pg_advisory_xact_lock(hashtextextended(${`claims ${accountId} of ${one.contactId}`}, 0))
    `.execute(within);
    const { clients, claims } = await lockRows(within, accountId, [one]);
    const known = claims.get(one.press);
    if (!accepts(known)) return false;
    const client = clients.get(one.contactId) ?? null;
    const after = recordReport(client, known, one, { employeeId, seconds: now / 1000 });
    if (after) await save(within, accountId, one, after, now / 1000);
    return after !== null;
  }

  return {
    async grant(accountId, employeeId, named, now) {
      const asked = await sealAll(accountId, named);
      return database.transaction().execute(async within => {
        const seconds = now / 1000;
        // One lock per person makes the counts exact. One per client makes its first claims take turns, while it has no row.
        const locks = [
          `claims ${accountId} by ${employeeId}`,
          ...asked.map(one => `claims ${accountId} of ${one.contactId}`),
        ];
        for (const lock of [...new Set(locks)].sort())
          await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(within);
        const { clients, claims } = await lockRows(within, accountId, asked);
        const { open: already } = await within
          .selectFrom('claimedClient')
          .select(({ fn }) => fn.countAll<string>().as('open'))
          .where('accountId', '=', accountId)
          .where('heldBy', '=', employeeId)
          .where('heldUntil', '>', seconds)
          .executeTakeFirstOrThrow();
        let open = Number(already);
        const lately = await countRecentClaims(within, accountId, employeeId, seconds);
        const answers: GrantAnswer[] = [];
        for (const one of asked) {
          if (lately + answers.length >= MOST_CLAIMS) {
            answers.push({ press: one.press, kind: 'too-many' });
            continue;
          }
          const client = clients.get(one.contactId) ?? null;
          const wasTheirs = client?.hold?.by === employeeId && client.hold.until > seconds;
          const earlier = claims.get(client?.hold?.press ?? '');
          const granted = decideGrant(client, earlier, claims.get(one.press), one, {
            employeeId,
            seconds,
            open,
          });
          answers.push(granted.answer);
          if (!granted.changed) continue;
          if (!wasTheirs) open += 1;
          await save(within, accountId, one, granted.changed, now / 1000 + GRANT_SECONDS + 1);
        }
        return answers;
      });
    },
    async report(accountId, employeeId, named, now) {
      const reports = await sealAll(accountId, named);
      await database.transaction().execute(async within => {
        const by = { accountId, employeeId, now };
        const full = await isFull(within, by);
        for (const one of reports.toSorted(byContact))
          await saveReport(within, by, one, known => {
            // A granted press has been counted already.
            if (full && !known) throw new Refused('TOO_MANY_AT_ONCE');
            return true;
          });
      });
    },
    async reportFirst(accountId, employeeId, granted, now) {
      const [one] = await sealAll(accountId, [granted]);
      return database
        .transaction()
        .execute(
          async within =>
            one !== undefined &&
            saveReport(
              within,
              { accountId, employeeId, now },
              one,
              known => known !== undefined && known.outcome !== 'written' && known.outcome !== 'unknown',
            ),
        );
    },
    async of(accountId, contactId) {
      const row = await database
        .selectFrom('claimedClient')
        .select(['ledger', 'version'])
        .where('accountId', '=', accountId)
        .where('contactId', '=', contactId)
        .executeTakeFirst();
      if (!row) return null;
      const known = v.parse(ledger, row.ledger);
      const claims = await database
        .selectFrom('claim')
        .select(CLAIM)
        .where('accountId', '=', accountId)
        .where('contactId', '=', contactId)
        .where('heardAt', '>', known.from - MAX_AGE_SECONDS)
        .orderBy('id')
        .execute();
      return { ledger: known, version: row.version, claims: claims.map(one => v.parse(claim, one)) };
    },
    async saveJudgement(accountId, contactId, { ledger: after, version, states, lookAt }) {
      await database.transaction().execute(async within => {
        const { numUpdatedRows } = await within
          .updateTable('claimedClient')
          .set({
            ledger: JSON.stringify(after),
            lookAt: sql<
              number | null
            >`least(look_at, ${lookAt === null ? null : lookAt / 1000}::double precision)`,
          })
          .where('accountId', '=', accountId)
          .where('contactId', '=', contactId)
          .where('version', '=', version)
          .executeTakeFirst();
        // The ledger started over while this judgement was made, so the client is judged again.
        if (numUpdatedRows === 0n)
          return void (await within
            .updateTable('claimedClient')
            .set({ lookAt: 0 })
            .where('accountId', '=', accountId)
            .where('contactId', '=', contactId)
            .execute());
        for (const [press, state] of states)
          await within
            .updateTable('claim')
            .set({ state })
            .where('accountId', '=', accountId)
            .where('press', '=', press)
            .execute();
      });
    },
    async lookAgain(accountId, contactId, at) {
      await database
        .updateTable('claimedClient')
        .set({ lookAt: sql<number>`least(look_at, ${at / 1000}::double precision)` })
        .where('accountId', '=', accountId)
        .where('contactId', '=', contactId)
        .execute();
    },
    async saveRepair(accountId, contactId, repair) {
      const { from, outcome, ...one } = repair;
      await database
        .insertInto('claim')
        .values({ accountId, contactId, ...one, writtenFrom: from, told: outcome, sealedWork: null })
        .onConflict(conflict => conflict.columns(['accountId', 'press']).doUpdateSet({ state: one.state }))
        .execute();
    },
    async due(now) {
      const lanes = sql`select account_id, ${claimLane('')} || contact_id as name from due`;
      const { rows } = await sql<{ accountId: string; contactId: string }>`
        with picked as (
          select account_id, contact_id from claimed_client where look_at <= ${now / 1000}
          order by look_at limit ${DUE_AT_ONCE} for update skip locked
        ), due as (
          update claimed_client set look_at = null from picked
          where claimed_client.account_id = picked.account_id and claimed_client.contact_id = picked.contact_id
          returning claimed_client.account_id, claimed_client.contact_id
        ), queued as (${hinting(lanes, 'live')})
        select account_id as "accountId", contact_id as "contactId" from due
      `.execute(database);
      return rows;
    },
  };
}
