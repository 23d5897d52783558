/**
 * An administrator's grant in the chat service: tokens that allow writing an account's roles. A refresh token may be valid only
 * once, so a renewal takes the account's lease across all instances and saves only over the version that it has read. Grants
 * are renewed daily, because an unused refresh token ends after a week (seen in one client, not documented).
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Fetch } from '../http/fetch.ts';
import { noted } from '../history/change.ts';
import type { Database } from '../store/database.ts';
import type { AccountSeal, OfAccount } from '../store/account-seal.ts';
import type { WithLease } from '../store/lease.ts';
import { askForPartnerTokens, type Partner, type PartnerTokens } from '../chat/wazzup/partner/oauth.ts';

/** `ended`: it was given once, and the service no longer accepts it. */
export type PartnerStanding = 'given' | 'ended' | 'none';
/** `none`: it was never given, or has ended. `later`: it cannot be renewed now. */
export type PartnerAccess =
  | { readonly kind: 'access'; readonly token: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'later' };

export type PartnerGrants = {
  readonly access: (accountId: string, patience: AbortSignal) => Promise<PartnerAccess>;
  /** Returns a new token, if there is one, after the service has refused this one. */
  readonly anew: (accountId: string, refused: string, patience: AbortSignal) => Promise<PartnerAccess>;
  /** Called when the service refuses a token that it has just issued. */
  readonly end: (accountId: string) => Promise<void>;
  /** False when the account has meanwhile been connected with another key than the one that the grant was checked against. */
  readonly keep: (
    accountId: string,
    given: {
      readonly tokens: PartnerTokens;
      readonly keyDigest: string;
      readonly employeeId: string;
    },
  ) => Promise<boolean>;
  /** Accounts whose grant has not been renewed for a day. */
  readonly due: () => Promise<readonly string[]>;
  readonly renewEarly: (accountId: string, patience: AbortSignal) => Promise<void>;
};

export type PartnerGrantsGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly withLease: WithLease;
  readonly fetch: Fetch;
  readonly host: string;
  /** Null when this server is not a partner: existing grants then stay unused. */
  readonly partner: Partner | null;
  readonly now: () => Date;
};

/** How long before its end an access token, valid for an hour, is renewed. */
const MARGIN_MILLISECONDS = 5 * 60_000;
const DAY_MILLISECONDS = 86_400_000;
/** The time for all requests that are made under the lease (store/lease.ts). */
const WHOLE_PATIENCE_MILLISECONDS = 17_000;

const pair = v.pipe(v.string(), v.parseJson(), v.object({ access: v.string(), refresh: v.string() }));
type Pair = v.InferOutput<typeof pair>;
export const partnerGrantBoundTo = (accountId: string): OfAccount => ({
  accountId,
  boundTo: `partner-grant ${accountId}`,
});

export function createPartnerGrants(given: PartnerGrantsGiven): PartnerGrants {
  const { database, seal, withLease, fetch, host, partner, now } = given;

  const rowOf = (accountId: string) =>
    database.selectFrom('partnerGrant').selectAll().where('accountId', '=', accountId).executeTakeFirst();
  type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;
  const sealed = (accountId: string, stored: Pair): Promise<string> =>
    seal.seal(JSON.stringify(stored), partnerGrantBoundTo(accountId));
  const opened = async ({ accountId, sealedTokens }: Row): Promise<Pair> =>
    v.parse(pair, await seal.open(sealedTokens, partnerGrantBoundTo(accountId)));
  const endOf = ({ expiresInSeconds }: PartnerTokens): Date =>
    new Date(now().getTime() + expiresInSeconds * 1000);
  const isFresh = ({ expiresAt }: Row): boolean =>
    expiresAt.getTime() - now().getTime() > MARGIN_MILLISECONDS;

  async function ended(accountId: string, version?: number): Promise<void> {
    await database.transaction().execute(async within => {
      const gone = await within
        .updateTable('partnerGrant')
        .set({ isDead: true })
        .where('accountId', '=', accountId)
        .where('isDead', '=', false)
        .$if(version !== undefined, query => query.where('version', '=', version ?? 0))
        .returning('employeeId')
        .executeTakeFirst();
      if (!gone) return;
      await noted(within, accountId, {
        ...gone,
        origin: null,
        what: 'chat-connection',
        before: { keyKind: 'partner' },
        after: { keyKind: 'v3' },
      });
    });
  }

  async function renewed(row: Row, stored: Pair, by: Partner): Promise<PartnerAccess> {
    const patience = AbortSignal.timeout(WHOLE_PATIENCE_MILLISECONDS);
    const ask = () => askForPartnerTokens({ fetch, host, patience }, by, { refresh: stored.refresh });
    const first = await ask();
    // If the lost answer spent the token, the second answer says that it is dead. Otherwise nothing is lost.
    const answer = first.kind === 'unknown' ? await ask() : first;
    if (answer.kind === 'dead') {
      await ended(row.accountId, row.version);
      return { kind: 'none' };
    }
    if (answer.kind !== 'tokens') return { kind: 'later' };
    const { access, refresh } = answer.tokens;
    await database
      .updateTable('partnerGrant')
      .set({
        sealedTokens: await sealed(row.accountId, { access, refresh: refresh ?? stored.refresh }),
        expiresAt: endOf(answer.tokens),
        renewedAt: now(),
        version: row.version + 1,
      })
      .where('accountId', '=', row.accountId)
      .where('version', '=', row.version)
      .execute();
    return { kind: 'access', token: access };
  }

  const inTurn = (
    accountId: string,
    isDue: (row: Row, stored: Pair) => boolean,
    patience: AbortSignal,
  ): Promise<PartnerAccess> =>
    withLease<PartnerAccess>(
      `partner ${accountId}`,
      async isMine => {
        const row = await rowOf(accountId);
        if (!row || row.isDead || !partner) return { kind: 'none' };
        const stored = await opened(row);
        // The previous holder of the lease has done it already.
        if (!isDue(row, stored)) return { kind: 'access', token: stored.access };
        return (await isMine()) ? renewed(row, stored, partner) : { kind: 'later' };
      },
      patience,
    );

  return {
    async access(accountId, patience) {
      const row = partner && (await rowOf(accountId));
      if (!row || row.isDead) return { kind: 'none' };
      if (isFresh(row)) return { kind: 'access', token: (await opened(row)).access };
      return inTurn(accountId, one => !isFresh(one), patience);
    },
    anew: (accountId, refused, patience) =>
      inTurn(accountId, (_, stored) => stored.access === refused, patience),
    end: accountId => ended(accountId),
    async keep(accountId, { tokens, keyDigest, employeeId }) {
      const values = {
        employeeId,
        sealedTokens: await sealed(accountId, { access: tokens.access, refresh: tokens.refresh ?? '' }),
        expiresAt: endOf(tokens),
        renewedAt: now(),
        isDead: false,
      };
      return database.transaction().execute(async within => {
        const same = await within
          .selectFrom('chatConnection')
          .select('accountId')
          .where('accountId', '=', accountId)
          .where('keyDigest', '=', keyDigest)
          .forUpdate()
          .executeTakeFirst();
        if (!same) return false;
        await within
          .insertInto('partnerGrant')
          .values({ accountId, ...values })
          .onConflict(conflict =>
            conflict
              .column('accountId')
              .doUpdateSet({ ...values, version: sql<number>`partner_grant.version + 1` }),
          )
          .execute();
        return true;
      });
    },
    async due() {
      if (!partner) return [];
      const rows = await database
        .selectFrom('partnerGrant')
        .innerJoin('account', 'account.id', 'partnerGrant.accountId')
        .select('accountId')
        .where('isDead', '=', false)
        .where('renewedAt', '<=', new Date(now().getTime() - DAY_MILLISECONDS))
        .where('state', 'not in', ['disabled', 'purged'])
        .execute();
      return rows.map(({ accountId }) => accountId);
    },
    async renewEarly(accountId, patience) {
      const since = now().getTime() - DAY_MILLISECONDS;
      await inTurn(accountId, ({ renewedAt }) => renewedAt.getTime() <= since, patience);
    },
  };
}
