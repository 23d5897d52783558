/** The CRM of an account, and the kit of its CRM. accounts/kits.ts knows which that is. */
import type { CrmName } from '../caller.ts';
import type { Crm } from './crm.ts';
import type { CrmKit } from './kit.ts';

/** The CRM of one account, ready to be asked. Rejects with `CrmUnavailable` if the server is not set up for that CRM. */
export type CrmOf = (accountId: string) => Promise<Crm>;

export type Kits = {
  readonly all: readonly CrmKit[];
  /** CRMs in which each employee gives a grant of their own. */
  readonly personal: readonly CrmName[];
  readonly named: (name: string) => CrmKit | null;
  readonly at: (host: string) => CrmKit | null;
  /** Rejects as `CrmOf` does. */
  readonly ofAccount: (accountId: string) => Promise<CrmKit>;
};
