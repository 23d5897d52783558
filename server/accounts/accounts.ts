/** Installs accounts, keeps their grants, and asks their CRM. */
import type { CrmOf, Kits } from '../crm/by-account.ts';
import type { GuestKit } from '../crm/kit.ts';
import type { Database } from '../store/database.ts';
import type { Pace } from '../store/pace.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import type { Seal } from '../store/seal.ts';
import type { WithLease } from '../store/lease.ts';
import { createArrivals, type Arrivals } from './arrival.ts';
import { createCrmApi } from './crm-api.ts';
import { createDisabling, type Disabling } from './disable.ts';
import { crmByAccount } from './kits.ts';
import { createGrants, type Grants } from './grant.ts';
import { createRenewals, type GrantedAccess, type Renewals } from './renewal.ts';
import { createTakenBack, type TakenBack } from './taken-back.ts';

/** Duties that run at once when the CRM has called. */
export type Wakes = 'exchange-codes' | 'ask-whether-disabled';

export type AccountsGiven = {
  readonly wake: (what: Wakes) => Promise<void>;
  readonly database: Database;
  readonly seal: AccountSeal;
  /** Seals what belongs to no account yet. */
  readonly ringSeal: Seal;
  readonly withLease: WithLease;
  readonly pace: Pace;
  readonly kits: Kits;
  /** The CRM that reports when an account has disabled us. Null if the server is not set up for it. */
  readonly guest: Pick<GuestKit, 'disabledIn' | 'names'> | null;
  readonly now: () => Date;
};

export type Accounts = {
  readonly arrivals: Arrivals;
  readonly crmOf: CrmOf;
  readonly disabling: Disabling;
  readonly takenBack: TakenBack;
  readonly grants: Grants;
  readonly renewals: Renewals;
  /** Renews a grant before it is needed, and checks whether its person is still an administrator. */
  readonly renewEarly: (grantId: string, leaving: AbortSignal) => Promise<void>;
  /** Checks whether the grant's person is still an administrator, and whether the CRM still accepts the grant. */
  readonly lookAtGrant: (grantId: string, leaving: AbortSignal) => Promise<void>;
};

export function createAccounts(given: AccountsGiven): Accounts {
  const { kits } = given;
  const renewals = createRenewals(given);
  const grants = createGrants({ ...given, renewals });
  const crmOf = crmByAccount(
    kits,
    new Map(kits.all.map(kit => [kit, kit.through(createCrmApi({ kit, grants }))])),
  );
  async function checkRights(access: GrantedAccess, leaving: AbortSignal): Promise<void> {
    const isAdmin = await kits.at(access.host)?.oauth.isAdministrator(access, leaving);
    if (typeof isAdmin === 'boolean') await grants.isAdmin(access.grantId, isAdmin);
  }
  return {
    renewals,
    grants,
    crmOf,
    async renewEarly(grantId, leaving) {
      const renewed = await renewals.renewEarly(grantId, leaving);
      if (renewed.kind !== 'renewed') return;
      await checkRights(renewed.access, leaving);
    },
    async lookAtGrant(grantId, leaving) {
      const renewed = await renewals.renew(grantId, () => true, leaving);
      if (renewed.kind === 'renewed') await checkRights(renewed.access, leaving);
    },
    takenBack: createTakenBack({ ...given, renewals, wake: () => given.wake('ask-whether-disabled') }),
    arrivals: createArrivals({ ...given, grants, wake: () => given.wake('exchange-codes') }),
    disabling: createDisabling({
      ...given,
      letsIn: async (accountId, leaving) => (await crmOf(accountId)).letsIn(accountId, leaving),
      wake: () => given.wake('ask-whether-disabled'),
    }),
  };
}
