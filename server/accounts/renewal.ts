/**
 * Renewing a grant. A refresh token may be valid only once, so an instance takes the grant's lease before it renews, and
 * replaces only the version that it has read. Grants are renewed well before they are needed, because an instance
 * that crashes between the CRM's answer and the database loses the new token, and the old one still works for a while.
 */
import type { Kits } from '../crm/by-account.ts';
import type { CrmKit } from '../crm/kit.ts';
import type { CrmAccess } from '../crm/oauth.ts';
import type { Database } from '../store/database.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import type { WithLease } from '../store/lease.ts';
import { endGrant } from './ending.ts';
import { endOf, openTokens, sealTokens, type Tokens } from './tokens.ts';

export type GrantedAccess = {
  readonly token: string;
  readonly host: string;
  readonly grantId: string;
  readonly version: number;
};
export type Renewal =
  | { readonly kind: 'renewed'; readonly access: GrantedAccess }
  /** Another instance has renewed the grant, or it has ended. The caller reads it again. */
  | { readonly kind: 'not-due' | 'dead' }
  /** The CRM cannot be asked now. Nothing is lost. */
  | { readonly kind: 'later' };

type IsDue = (grant: { readonly expiresAt: Date; readonly renewedAt: Date }, held: Tokens) => boolean;

export type Renewals = {
  /** Renews the grant if it is still due once the lease is held. */
  readonly renew: (grantId: string, isDue: IsDue, patience: AbortSignal) => Promise<Renewal>;
  /** Renews the grant if `due` lists it. */
  readonly renewEarly: (grantId: string, patience: AbortSignal) => Promise<Renewal>;
  /** Ids of the grants to renew now, before they are needed. */
  readonly due: () => Promise<readonly string[]>;
};

export type RenewalsGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly withLease: WithLease;
  readonly kits: Pick<Kits, 'all' | 'named' | 'personal'>;
  readonly now: () => Date;
};

/** For all requests together while the lease is held (store/lease.ts). */
const WHOLE_PATIENCE_MILLISECONDS = 17_000;

export function createRenewals({ database, seal, withLease, kits, now }: RenewalsGiven): Renewals {
  const livingGrant = (grantId: string) =>
    database
      .selectFrom('crmGrant')
      .innerJoin('account', 'account.id', 'crmGrant.accountId')
      .select([
        'crmGrant.id',
        'crmGrant.accountId',
        'employeeId',
        'sealedTokens',
        'expiresAt',
        'renewedAt',
        'endToldAt',
        'version',
      ])
      .select(['host', 'crm', 'crmAccountId'])
      .where('crmGrant.id', '=', grantId)
      .where('isDead', '=', false)
      .where('kind', '=', 'oauth')
      .executeTakeFirst();
  type Living = NonNullable<Awaited<ReturnType<typeof livingGrant>>>;

  async function renewNow({ oauth }: CrmKit, grant: Living, held: Tokens, host: string): Promise<Renewal> {
    const patience = AbortSignal.timeout(WHOLE_PATIENCE_MILLISECONDS);
    const askAt = (where: string) => oauth.renew(where, held.refresh, patience);
    let at = host;
    let answer = await askAt(at);
    // Kommo accepts the old token until the new one has been used. Elsewhere the second answer says that it is dead.
    if (answer.kind === 'unknown') answer = await askAt(at);
    if (answer.kind === 'dead') {
      const where = await oauth.whereNow(held, grant.crmAccountId, patience);
      if (where.kind === 'unknown') return { kind: 'later' };
      if (where.kind === 'at' && where.host !== host) {
        at = where.host;
        answer = await askAt(at);
      }
    }
    if (answer.kind !== 'pair' && answer.kind !== 'dead') return { kind: 'later' };
    if (answer.kind !== 'pair') {
      if (await isStillAccepted(oauth, grant, { host, token: held.access }, patience)) {
        await keepUntilExpiry(grant);
        return { kind: 'not-due' };
      }
      await endGrant(database, grant, { now: now(), personal: kits.personal });
      return { kind: 'dead' };
    }
    await database
      .updateTable('crmGrant')
      .where('id', '=', grant.id)
      .where('version', '=', grant.version)
      .set({
        sealedTokens: await sealTokens(seal, grant, answer.pair),
        expiresAt: endOf(answer.pair, now()),
        renewedAt: now(),
        version: grant.version + 1,
      })
      .execute();
    at = answer.pair.host ?? at;
    if (at !== host) await moveTo(database, grant, at);
    const version = grant.version + 1;
    return { kind: 'renewed', access: { token: answer.pair.access, host: at, grantId: grant.id, version } };
  }

  /**
   * A lost answer may have contained the next refresh token. The CRM then refuses the old one, although the person has not
   * withdrawn their consent. Not asked if the CRM has reported that they have.
   */
  async function isStillAccepted(
    oauth: CrmKit['oauth'],
    { expiresAt, endToldAt, crmAccountId }: Living,
    access: CrmAccess,
    patience: AbortSignal,
  ): Promise<boolean> {
    if (endToldAt !== null || expiresAt <= now()) return false;
    return (await oauth.accountAt(access, patience))?.id === crmAccountId;
  }

  /** Uses the access token until it expires, and does not renew the grant again. */
  const keepUntilExpiry = ({ id, version }: Living) =>
    database
      .updateTable('crmGrant')
      .where('id', '=', id)
      .where('version', '=', version)
      .set({ kind: 'long-lived', version: version + 1 })
      .execute();

  const renew: Renewals['renew'] = (grantId, isDue, patience) =>
    withLease<Renewal>(
      `grant ${grantId}`,
      async isMine => {
        const grant = await livingGrant(grantId);
        if (!grant?.host) return { kind: 'dead' };
        const kit = kits.named(grant.crm);
        if (!kit) return { kind: 'later' };
        const held = await openTokens(seal, grant);
        // The instance that held the lease before has renewed it.
        if (!isDue(grant, held)) return { kind: 'not-due' };
        return (await isMine()) ? renewNow(kit, grant, held, grant.host) : { kind: 'later' };
      },
      patience,
    );

  const earlyOf = ({ tokenLife }: CrmKit): { readonly expires: Date; readonly renewed: Date } => ({
    expires: new Date(now().getTime() + tokenLife.early),
    renewed: new Date(now().getTime() - tokenLife.keepAlive),
  });

  return {
    renew,
    async renewEarly(grantId, patience) {
      const grant = await livingGrant(grantId);
      const kit = grant && kits.named(grant.crm);
      if (!kit) return { kind: 'dead' };
      const { expires, renewed: since } = earlyOf(kit);
      return renew(grantId, one => one.expiresAt <= expires || one.renewedAt <= since, patience);
    },
    async due() {
      const found = await Promise.all(kits.all.map(dueOf));
      return found.flat();
    },
  };

  async function dueOf(kit: CrmKit): Promise<readonly string[]> {
    const { expires, renewed: since } = earlyOf(kit);
    const rows = await database
      .selectFrom('crmGrant')
      .innerJoin('account', 'account.id', 'crmGrant.accountId')
      .select('crmGrant.id')
      .where('crm', 'in', kit.names)
      .where('isDead', '=', false)
      .where('kind', '=', 'oauth')
      .where('state', 'not in', ['disabled', 'purged'])
      .where(({ and, or, eb, not, exists, selectFrom }) =>
        or([
          eb('renewedAt', '<=', since),
          // Only the grant that the server uses has to be valid at any moment.
          and([
            eb('expiresAt', '<=', expires),
            eb('isAdmin', '=', true),
            not(
              exists(
                selectFrom('crmGrant as newer')
                  .select('newer.id')
                  .whereRef('newer.accountId', '=', 'crmGrant.accountId')
                  .where('newer.isAdmin', '=', true)
                  .where('newer.isDead', '=', false)
                  .whereRef('newer.givenAt', '>', 'crmGrant.givenAt'),
              ),
            ),
          ]),
        ]),
      )
      .orderBy('expiresAt')
      .execute();
    return rows.map(({ id }) => id);
  }
}

/** Gives the host to this account and takes it from any other. */
export async function moveTo(
  database: Database,
  { accountId }: { readonly accountId: string },
  host: string,
): Promise<void> {
  await database
    .updateTable('account')
    .set({ host: null })
    .where('host', '=', host)
    .where('id', '!=', accountId)
    .execute();
  await database.updateTable('account').set({ host }).where('id', '=', accountId).execute();
}
