/** What follows the CRM: who is to be looked at, who works it off, and how the CRM tells. */
import type { CrmApi } from '../crm/amocrm/api.ts';
import type { Fetch } from '../fetch.ts';
import type { FollowNow } from '../gateway/clients.ts';
import { createSubscriptions, type Subscriptions } from '../hooks/subscription.ts';
import type { Database } from '../store/database.ts';
import { lanesIn, type Lanes } from '../store/lanes.ts';
import type { Seal } from '../store/seal.ts';
import { createChecking, type Checking } from './check.ts';
import { copiesIn, sharingIn, type Copies } from './copy.ts';
import { createFollower, type Follower, type FollowerGiven } from './follower.ts';
import { createReconciling, type Reconciling } from './reconcile.ts';

export type Following = {
  readonly lanes: Lanes;
  readonly copies: Copies;
  readonly follower: Follower;
  readonly subscriptions: Subscriptions;
  readonly reconciling: Reconciling;
  readonly checking: Checking;
  readonly ofAccount: (accountId: string) => FollowNow;
};

export type FollowingGiven = {
  readonly database: Database;
  readonly seal: Seal;
  readonly crm: CrmApi;
  readonly fetch: Fetch;
  /** Of the chat service. */
  readonly api: string;
  /** Where the chat service keeps roles. */
  readonly settings: string;
  /** Where this server answers: https://chat.example.com */
  readonly origin: string;
  readonly failed: (error: unknown) => void;
  readonly bounded?: FollowerGiven['bounded'];
  readonly now: () => Date;
};

export function createFollowing(given: FollowingGiven): Following {
  const lanes = lanesIn(given.database);
  const copies = copiesIn(given.database);
  const follower = createFollower({ ...given, lanes, copies });
  return {
    lanes,
    copies,
    follower,
    ofAccount: accountId => ({
      knows: async name => (await copies.known(accountId, [name])).length > 0,
      adopt: name => copies.adopt(accountId, [name]),
      sharing: name => sharingIn(given.database, accountId, name),
      hint: name => lanes.hint(accountId, [name], 'live'),
      now: (name, patience) => follower.now(accountId, name, patience),
    }),
    subscriptions: createSubscriptions(given),
    reconciling: createReconciling({ ...given, lanes, copies }),
    checking: createChecking({ ...given, lanes, copies }),
  };
}
