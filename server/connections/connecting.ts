/** Everything that connects accounts to the chat service: with a key, through its marketplace, and as its partner. */
import { Hono } from 'hono';
import type { Grants } from '../accounts/grant.ts';
import type { AccountEnv } from '../call.ts';
import type { Fetch } from '../http/fetch.ts';
import type { Database } from '../store/database.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import type { Seal } from '../store/seal.ts';
import type { WithLease } from '../store/lease.ts';
import type { ConnectionChange } from './change.ts';
import { createConnections, type Connections } from './connection.ts';
import { FOLDER, journeyRoutes } from './journey-routes.ts';
import { journeysIn, type Journeys } from './journey.ts';
import { createPartnerGrants, type PartnerGrants } from './partner-grant.ts';
import { createPartnerJourneys } from './partner-journey.ts';
import type { Partner } from '../chat/wazzup/partner/oauth.ts';
import { rolesThroughPartner } from './partner-roles.ts';
import { connectionRoutes } from './routes.ts';
import type { Marketplace } from '../chat/wazzup/wauth.ts';

export type ConnectingGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  /** Seals keys that no administrator has confirmed yet. */
  readonly ringSeal: Seal;
  readonly withLease: WithLease;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string; readonly settings: string };
  /** This server's own origin. */
  readonly origin: string;
  /** Each is absent when the service does not know us in that role. */
  readonly marketplace?: Marketplace | undefined;
  readonly partner?: Partner | undefined;
  readonly now: () => Date;
};

export type Connecting = {
  readonly connections: Connections;
  readonly partnerGrants: PartnerGrants;
  readonly journeys: Journeys;
  /** `ofAccount`: for the pages of an account. `ofBrowsers`: for browsers on their way to the chat service and back. */
  readonly routes: (recording: Omit<ConnectionChange, 'connections'> & { readonly grants: Grants }) => {
    readonly ofAccount: Hono<AccountEnv>;
    readonly ofBrowsers: Hono;
  };
};

export function createConnecting(given: ConnectingGiven): Connecting {
  const { database, ringSeal, fetch, hosts, origin } = given;
  const { marketplace = null, partner = null } = given;
  const host = hosts.settings;
  const partnerGrants = createPartnerGrants({ ...given, host, partner });
  const connections = createConnections({
    ...given,
    partner: partner && {
      grants: partnerGrants,
      rolesOf: accountId => rolesThroughPartner({ fetch, host, grants: partnerGrants }, accountId),
    },
  });
  const journeys = journeysIn(database, ringSeal);
  return {
    connections,
    partnerGrants,
    journeys,
    routes({ grants, ...recording }) {
      const changing = { ...recording, connections, journeys };
      const ofAccount = connectionRoutes({
        ...changing,
        grants,
        leadsTo: { connect: marketplace !== null, roles: partner !== null },
        addressOf: id => `${origin}${FOLDER}/${id}`,
      });
      const ofPartner =
        partner &&
        createPartnerJourneys({ partner, connections, grants: partnerGrants, fetch, hosts, origin });
      const ofBrowsers =
        marketplace || ofPartner
          ? journeyRoutes({ ...changing, marketplace, partner: ofPartner, fetch, hosts, origin })
          : new Hono();
      return { ofAccount, ofBrowsers };
    },
  };
}
