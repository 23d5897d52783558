/**
 * Grants: the OAuth tokens that employees of an account gave us. A refresh token may be valid only once, so one instance
 * at a time uses it, and the others use the tokens that it got (renewal.ts).
 */
import { sql } from 'kysely';
import type { TokenPair } from '../crm/oauth.ts';
import { noted } from '../history/change.ts';
import type { Kits } from '../crm/by-account.ts';
import type { Database } from '../store/database.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import { endGrant, grantOf, type GrantVersion } from './ending.ts';
import type { GrantedAccess, Renewals } from './renewal.ts';
import { updateState, reopen } from './state.ts';
import { endOf, openTokens, sealTokens } from './tokens.ts';

/**
 * - `access`: ask the CRM with it
 * - `needs-reauth`: no grant is valid any more; an administrator has to give access again
 * - `later`: the CRM cannot be asked now; nothing is lost
 */
export type Access =
  | ({ readonly kind: 'access' } & GrantedAccess)
  | { readonly kind: 'needs-reauth' }
  | { readonly kind: 'later' };

export type Grants = {
  /** Stores the tokens for a code, in place of the same person's older ones. */
  readonly keep: (account: { readonly id: string }, grant: KeptGrant) => Promise<GrantVersion>;
  /** An administrator's access to this account, or this employee's own, valid for some minutes at least. */
  readonly access: (accountId: string, patience: AbortSignal, employeeId?: string) => Promise<Access>;
  /** Whether an administrator's grant is valid, as far as is known without asking the CRM. */
  readonly isGiven: (accountId: string) => Promise<boolean>;
  /** The person whose grant the server uses. Null if there is none. */
  readonly grantOwner: (accountId: string) => Promise<string | null>;
  /** Call it if the CRM has answered 401 to this token. Renews or ends the grant. `access` then finds the next one. */
  readonly refused: (
    access: Pick<GrantedAccess, 'grantId' | 'version' | 'token'>,
    patience: AbortSignal,
  ) => Promise<void>;
  /** Records whether the CRM says that the grant's person is an administrator. */
  readonly isAdmin: (grantId: string, isAdmin: boolean) => Promise<void>;
  /** Does nothing to a grant that was renewed or given again since that version. */
  readonly end: (grant: GrantVersion) => Promise<void>;
  /** Ids of these people's valid grants. */
  readonly of: (accountId: string, employeeIds: readonly string[]) => Promise<readonly string[]>;
};

type KeptGrant = { readonly isAdmin: boolean } & (
  | { readonly kind: 'oauth'; readonly pair: TokenPair }
  | {
      readonly kind: 'long-lived';
      readonly token: string;
      readonly employeeId: string;
      readonly expiresAt: Date;
    }
);

export type GrantsGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly renewals: Renewals;
  readonly kits: Pick<Kits, 'named' | 'personal'>;
  readonly now: () => Date;
};

export function createGrants({ database, seal, renewals, kits, now }: GrantsGiven): Grants {
  /** The newest administrator's grant, or this employee's own. */
  const current = (accountId: string, employeeId?: string) =>
    database
      .selectFrom('crmGrant')
      .innerJoin('account', 'account.id', 'crmGrant.accountId')
      .select([
        'crmGrant.id',
        'crmGrant.accountId',
        'employeeId',
        'sealedTokens',
        'expiresAt',
        'kind',
        'version',
        'host',
        'crm',
      ])
      .where('accountId', '=', accountId)
      .$if(employeeId === undefined, query => query.where('isAdmin', '=', true))
      .$if(employeeId !== undefined, query => query.where('employeeId', '=', employeeId ?? ''))
      .where('isDead', '=', false)
      .orderBy('givenAt', 'desc')
      .executeTakeFirst();

  const circumstances = () => ({ now: now(), personal: kits.personal });
  const end = (grant: GrantVersion): Promise<void> => endGrant(database, grant, circumstances());

  async function access(accountId: string, patience: AbortSignal, employeeId?: string): Promise<Access> {
    const grant = await current(accountId, employeeId);
    if (!grant?.host) return { kind: 'needs-reauth' };
    const kit = kits.named(grant.crm);
    if (!kit) return { kind: 'later' };
    const { margin } = kit.tokenLife;
    const left = grant.expiresAt.getTime() - now().getTime();
    if (left > (grant.kind === 'oauth' ? margin : 0)) {
      const { access: token } = await openTokens(seal, grant);
      return { kind: 'access', token, host: grant.host, grantId: grant.id, version: grant.version };
    }
    if (grant.kind === 'oauth') {
      const isDue = ({ expiresAt }: { readonly expiresAt: Date }): boolean =>
        expiresAt.getTime() - now().getTime() <= margin;
      const renewed = await renewals.renew(grant.id, isDue, patience);
      if (renewed.kind === 'renewed') return { kind: 'access', ...renewed.access };
      if (renewed.kind === 'later') return { kind: 'later' };
    } else await end(grant);
    return access(accountId, patience, employeeId);
  }

  return {
    access,
    isGiven: async accountId => (await current(accountId)) !== undefined,
    grantOwner: async accountId => (await current(accountId))?.employeeId ?? null,
    end,
    async of(accountId, employeeIds) {
      if (employeeIds.length === 0) return [];
      const rows = await database
        .selectFrom('crmGrant')
        .select('id')
        .where('accountId', '=', accountId)
        .where('employeeId', 'in', employeeIds)
        .where('isDead', '=', false)
        .execute();
      return rows.map(({ id }) => id);
    },
    async keep({ id: accountId }, { isAdmin, ...given }) {
      const { employeeId } = given.kind === 'oauth' ? given.pair : given;
      const held = given.kind === 'oauth' ? given.pair : { access: given.token, refresh: '' };
      const values = {
        isAdmin,
        kind: given.kind,
        sealedTokens: await sealTokens(seal, { accountId, employeeId }, held),
        expiresAt: given.kind === 'oauth' ? endOf(given.pair, now()) : given.expiresAt,
        renewedAt: now(),
      };
      return database.transaction().execute(async within => {
        // First, so that a running purge sees it before it deletes more.
        await reopen(within, accountId, { isAdmin });
        const before = await within
          .selectFrom('crmGrant')
          .select(['isAdmin', 'isDead'])
          .where('accountId', '=', accountId)
          .where('employeeId', '=', employeeId)
          .executeTakeFirst();
        const kept = await within
          .insertInto('crmGrant')
          .values({ accountId, employeeId, ...values })
          .onConflict(conflict =>
            conflict.columns(['accountId', 'employeeId']).doUpdateSet({
              ...values,
              isDead: false,
              endToldAt: null,
              version: sql<number>`crm_grant.version + 1`,
              givenAt: sql<Date>`now()`,
            }),
          )
          .returning(['id', 'version'])
          .executeTakeFirstOrThrow();
        await noted(within, accountId, {
          ...grantOf(employeeId),
          before: { isGiven: before?.isDead === false, isAdmin: before?.isAdmin ?? false },
          after: { isGiven: true, isAdmin },
        });
        await updateState(within, accountId, circumstances());
        return kept;
      });
    },
    async refused({ grantId, version, token }, patience) {
      const grant = await database
        .selectFrom('crmGrant')
        .select('kind')
        .where('id', '=', grantId)
        .executeTakeFirst();
      if (grant?.kind === 'long-lived') return end({ id: grantId, version });
      await renewals.renew(grantId, (_, held) => held.access === token, patience);
    },
    async isAdmin(grantId, isAdmin) {
      await database.transaction().execute(async within => {
        const changed = await within
          .updateTable('crmGrant')
          .set({ isAdmin })
          .where('id', '=', grantId)
          .where('isAdmin', '!=', isAdmin)
          .returning(['accountId', 'employeeId'])
          .executeTakeFirst();
        if (!changed) return;
        await noted(within, changed.accountId, {
          ...grantOf(changed.employeeId),
          before: { isGiven: true, isAdmin: !isAdmin },
          after: { isGiven: true, isAdmin },
        });
        await updateState(within, changed.accountId, circumstances());
      });
    },
  };
}
