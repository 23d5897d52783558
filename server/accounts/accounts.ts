/** What installs accounts, keeps their grants, and asks their CRM. */
import type { Crm } from '../crm/crm.ts';
import type { CrmKit } from '../crm/kit.ts';
import type { Database } from '../store/database.ts';
import type { Pace } from '../store/pace.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import type { Seal } from '../store/seal.ts';
import type { WithLease } from '../store/lease.ts';
import { createArrivals, type Arrivals } from './arrival.ts';
import { createCrmApi } from './crm-api.ts';
import { createDisabling, type Disabling } from './disable.ts';
import { createGrants, type Grants } from './grant.ts';
import { createRenewals, type Renewals } from './renewal.ts';

/** What is to be done at once when the CRM has called. */
export type Wakes = 'exchange-codes' | 'ask-whether-disabled';

export type AccountsGiven = {
  readonly wake: (what: Wakes) => Promise<void>;
  readonly database: Database;
  readonly seal: AccountSeal;
  /** For what belongs to no account yet. */
  readonly ringSeal: Seal;
  readonly withLease: WithLease;
  readonly pace: Pace;
  readonly kit: CrmKit;
  readonly now: () => Date;
};

export type Accounts = {
  readonly arrivals: Arrivals;
  readonly crm: Crm;
  readonly disabling: Disabling;
  readonly grants: Grants;
  readonly renewals: Renewals;
  /** Renews a grant hours before it is needed, and looks whether its person is still an administrator. */
  readonly renewEarly: (grantId: string, leaving: AbortSignal) => Promise<void>;
};

export function createAccounts(given: AccountsGiven): Accounts {
  const { kit } = given;
  const renewals = createRenewals({ ...given, oauth: kit.oauth });
  const grants = createGrants({ ...given, renewals });
  const crm = kit.through(createCrmApi({ ask: kit.ask, grants }));
  return {
    renewals,
    grants,
    crm,
    async renewEarly(grantId, leaving) {
      const renewed = await renewals.renewEarly(grantId, leaving);
      if (renewed.kind !== 'renewed') return;
      const isAdmin = await kit.oauth.isAdministrator(renewed.access, leaving);
      if (isAdmin !== null) await grants.isAdmin(grantId, isAdmin);
    },
    arrivals: createArrivals({ ...given, grants, wake: () => given.wake('exchange-codes') }),
    disabling: createDisabling({
      ...given,
      disabledIn: kit.disabledIn,
      letsIn: crm.letsIn,
      wake: () => given.wake('ask-whether-disabled'),
    }),
  };
}
