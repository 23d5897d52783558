/** Everything that follows the CRM: the lanes, the follower that works on them, and how the CRM's changes reach them. */
import { createClaims, type Claims, type ClaimsGiven } from '../claims/claims.ts';
import type { CrmOf } from '../crm/by-account.ts';
import type { Fetch } from '../http/fetch.ts';
import type { AccountRoles } from '../chat/account-roles.ts';
import { heardOwnersIn, type HeardOwners } from '../hooks/heard-owners.ts';
import { createSubscriptions, type Subscriptions } from '../hooks/subscription.ts';
import type { Database } from '../store/database.ts';
import { lanesIn, type Lanes } from '../store/lanes.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import { createChecking, type Checking } from './check.ts';
import { copiesIn, sharingIn, type Copies, type CopyName, type Followed } from '../chat/copy.ts';
import { createFollower, type Follower, type FollowerGiven } from './follower.ts';
import { createReconciling, type Reconciling } from './reconcile.ts';

export type Following = {
  readonly crmOf: CrmOf;
  readonly lanes: Lanes;
  readonly copies: Copies;
  readonly follower: Follower;
  readonly subscriptions: Subscriptions;
  readonly reconciling: Reconciling;
  readonly checking: Checking;
  readonly claims: Claims;
  readonly heardOwners: HeardOwners;
  /** The reported names that have to be processed: "contact 501", and "claim 501" while the client is being claimed. */
  readonly concerned: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
  readonly ofAccount: (accountId: string) => FollowNow;
};

/** An account's lanes, as a page's request uses them. */
export type FollowNow = {
  readonly knows: (name: CopyName) => Promise<boolean>;
  readonly adopt: (name: CopyName) => Promise<void>;
  /** Other clients whose card has one of this one's numbers: "contact 7". */
  readonly sharing: (name: CopyName) => Promise<readonly string[]>;
  /** Asks for a run soon. */
  readonly hint: (name: CopyName) => Promise<void>;
  /** As `Follower.now`. */
  readonly now: (name: CopyName, patience: AbortSignal) => Promise<Followed | null>;
};

export type FollowingGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly crmOf: CrmOf;
  readonly fetch: Fetch;
  /** Of the chat service. */
  readonly api: string;
  readonly rolesOf: AccountRoles['of'];
  /** Where this server answers: https://chat.example.com */
  readonly origin: string;
  readonly failed: (error: unknown) => void;
  readonly grantOwner: ClaimsGiven['grantOwner'];
  readonly mayTell: ClaimsGiven['mayTell'];
  readonly bounded?: FollowerGiven['bounded'];
  readonly now: () => Date;
};

export function createFollowing(given: FollowingGiven): Following {
  const lanes = lanesIn(given.database);
  const copies = copiesIn(given.database);
  const heardOwners = heardOwnersIn(given.database);
  const claims = createClaims({ ...given, lanes, copies });
  const follower = createFollower({ ...given, lanes, copies, claims });
  const concerned: Following['concerned'] = async (accountId, names) => [
    ...(await copies.followed(accountId, names)),
    ...(await claims.watched(accountId, names)),
  ];
  return {
    crmOf: given.crmOf,
    lanes,
    copies,
    follower,
    claims,
    heardOwners,
    concerned,
    ofAccount: accountId => ({
      knows: async name => (await copies.known(accountId, [name])).length > 0,
      adopt: name => copies.adopt(accountId, [name]),
      sharing: name => sharingIn(given.database, accountId, name),
      hint: name => lanes.hint(accountId, [name], 'live'),
      now: (name, patience) => follower.now(accountId, name, patience),
    }),
    subscriptions: createSubscriptions(given),
    reconciling: createReconciling({ ...given, lanes, heardOwners, concerned }),
    checking: createChecking({ ...given, lanes, copies }),
  };
}
