/** Everything that the server does by itself, and how often. */
import type { Sends } from '../app.ts';
import type { Accounts, Wakes } from '../accounts/accounts.ts';
import type { Alarms } from '../alarms/alarms.ts';
import type { PartnerGrants } from '../connections/partner-grant.ts';
import type { Journeys } from '../connections/journey.ts';
import type { Following } from '../follow/following.ts';
import type { Purges } from '../leaving/purge.ts';
import type { Pace } from '../store/pace.ts';
import type { Duty, Errand, Jobs } from './jobs.ts';

export type Working = Pick<
  Accounts,
  'arrivals' | 'disabling' | 'takenBack' | 'renewals' | 'renewEarly' | 'lookAtGrant'
> & {
  readonly pace: Pace;
  readonly purges: Purges;
  readonly following: Following;
  readonly alarms: Alarms;
  readonly journeys: Pick<Journeys, 'forget'>;
  readonly partnerGrants: Pick<PartnerGrants, 'due' | 'renewEarly'>;
};

/** A comparison of a hundred thousand clients has some hundreds of pages to read. */
const LONGEST_CHECK_SECONDS = 900;

const MINUTELY = '* * * * *';

const RENEW = 'renew-grant';
const RENEW_PARTNER = 'renew-partner-grant';
const PURGE = 'purge-account';
const HOOKS = 'keep-hook';
const RECONCILE = 'reconcile-account';
const CHECK = 'check-clients';
const TROUBLE = 'look-for-trouble';

export const dutiesOf = (
  {
    arrivals,
    disabling,
    takenBack,
    renewals,
    pace,
    purges,
    following,
    alarms,
    journeys,
    partnerGrants,
  }: Working,
  { send }: Pick<Jobs, 'send'>,
): readonly Duty[] => [
  // Woken when something arrives. The minutely run is for what another instance has taken and not finished.
  {
    name: 'exchange-codes' satisfies Wakes,
    cron: MINUTELY,
    work: arrivals.exchangeAll,
  },
  {
    name: 'ask-whether-disabled' satisfies Wakes,
    cron: MINUTELY,
    async work(leaving) {
      await disabling.work(leaving);
      await takenBack.work(leaving);
    },
  },
  { name: 'renew-grants', cron: '*/5 * * * *', work: async () => send(RENEW, await renewals.due()) },
  {
    name: 'renew-partner-grants',
    cron: '*/5 * * * *',
    work: async () => send(RENEW_PARTNER, await partnerGrants.due()),
  },
  { name: 'purge-accounts', cron: '17 * * * *', work: async () => send(PURGE, await purges.due()) },
  { name: 'keep-hooks', cron: MINUTELY, work: async () => send(HOOKS, await following.subscriptions.due()) },
  { name: 'reconcile', cron: MINUTELY, work: async () => send(RECONCILE, await following.reconciling.due()) },
  {
    name: 'check-clients-when-due',
    cron: MINUTELY,
    work: async () => send(CHECK, await following.checking.due()),
  },
  { name: 'look-for-troubles', cron: MINUTELY, work: async () => send(TROUBLE, await alarms.due()) },
  {
    name: 'forget',
    cron: MINUTELY,
    async work() {
      await arrivals.forget();
      await journeys.forget();
      await pace.forget();
      await following.lanes.forget();
      await following.claims.forget();
      await following.heardOwners.forget();
    },
  },
];

export const errandsOf = ({
  renewEarly,
  lookAtGrant,
  partnerGrants,
  purges,
  following,
  alarms,
}: Working): readonly Errand[] => [
  { name: RENEW, work: renewEarly },
  { name: 'look-at-grant' satisfies Sends, work: lookAtGrant },
  { name: RENEW_PARTNER, work: partnerGrants.renewEarly },
  { name: PURGE, work: id => purges.purge(id) },
  { name: HOOKS, work: following.subscriptions.keep },
  { name: RECONCILE, work: following.reconciling.reconcile },
  { name: CHECK satisfies Sends, longestSeconds: LONGEST_CHECK_SECONDS, work: following.checking.check },
  { name: TROUBLE, work: alarms.look },
];
