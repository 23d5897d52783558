/** Claims of all accounts: where they are stored, when a client is looked at next, and the look itself. */
import type { CrmOf } from '../crm/by-account.ts';
import type { Database } from '../store/database.ts';
import type { Copies } from '../chat/copy.ts';
import type { Lanes } from '../store/lanes.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import { claimLane, type ClaimLane } from './claim-lane.ts';
import { storedClaims } from './stored-claims.ts';
import type { ClaimStore } from './claim-store.ts';
import { lookAtClient } from './look.ts';
import { ownerEventsIn, type OwnerEvents } from '../hooks/owner-events.ts';
import { runFollowUps } from './run-follow-ups.ts';
import { storedWork, type WorkStore } from './stored-work.ts';

export type Claims = {
  readonly store: ClaimStore;
  readonly works: WorkStore;
  /** Owner changes of contacts that arrived by webhook. */
  readonly ownerEvents: OwnerEvents;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Judges the client's claims and does what follows them. Runs in the client's claim lane. */
  readonly look: (accountId: string, contactId: string, leaving: AbortSignal) => Promise<void>;
  /** Queues a look at every client that is due. */
  readonly wake: () => Promise<void>;
  /** Deletes claims older than a week. */
  readonly forget: () => Promise<void>;
  /** The lanes to run after a report about these clients. */
  readonly lanesOf: (contactIds: readonly string[]) => readonly string[];
  /** Of names such as "contact 501", the claim lanes ("claim 501") of those with a recent claim. */
  readonly watched: (accountId: string, names: readonly string[]) => Promise<readonly ClaimLane[]>;
};

export type ClaimsGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly crmOf: CrmOf;
  readonly lanes: Pick<Lanes, 'hint' | 'announce'>;
  /** The employee whose service grant the server uses; null while the account has none. */
  readonly grantOwner: (accountId: string) => Promise<string | null>;
  /** Whether a new client of this employee may be loaded into the chat service. */
  readonly mayTell: (accountId: string, employeeId: string, leaving: AbortSignal) => Promise<boolean>;
  readonly copies: Pick<Copies, 'known' | 'adopt'>;
  readonly now: () => Date;
};

const KEPT_SECONDS = 7 * 24 * 3600;

export function createClaims(given: ClaimsGiven): Claims {
  const { database, seal, crmOf, lanes, copies, now } = given;
  const store = storedClaims(database, seal);
  const works = storedWork(database, seal);
  const ownerEvents = ownerEventsIn(database);

  /** The page asks for this too, but it may have died. */
  async function updateChatCopy(
    accountId: string,
    contactId: string,
    toId: string,
    leaving: AbortSignal,
  ): Promise<void> {
    const name = `contact ${contactId}`;
    if ((await copies.known(accountId, [name])).length === 0) {
      if (!(await given.mayTell(accountId, toId, leaving))) return;
      await copies.adopt(accountId, [name]);
    }
    await lanes.hint(accountId, [name], 'live');
  }

  /** The account's own settings as JSON text; empty when there are none. */
  async function settingsOf(accountId: string): Promise<string> {
    const row = await database
      .selectFrom('ownSettings')
      .select('settings')
      .where('accountId', '=', accountId)
      .executeTakeFirst();
    return row?.settings ?? '';
  }

  /** Deals are copied only for clients that the chat service has. */
  async function updateDealCopies(
    accountId: string,
    contactId: string,
    dealIds: readonly string[],
  ): Promise<void> {
    if ((await copies.known(accountId, [`contact ${contactId}`])).length === 0) return;
    const names = dealIds.map(id => `deal ${id}`);
    await copies.adopt(accountId, names);
    await lanes.hint(accountId, names, 'live');
  }

  return {
    store,
    works,
    ownerEvents,
    now: () => now().getTime(),
    async look(accountId, contactId, leaving) {
      const crm = await crmOf(accountId);
      const found = await lookAtClient(
        {
          store,
          accountId,
          crm: crm.owners(accountId, {
            leaving,
            grantOwner: () => given.grantOwner(accountId),
            fromHooks: (id, sinceSeconds) => ownerEvents.since(accountId, id, sinceSeconds),
          }),
          now: () => now().getTime(),
          newPress: () => crypto.randomUUID(),
          async fought() {
            await database
              .updateTable('claimedClient')
              .set({ foughtAt: now().getTime() / 1000 })
              .where('accountId', '=', accountId)
              .where('contactId', '=', contactId)
              .execute();
          },
        },
        contactId,
      );
      const due = await runFollowUps(
        {
          works,
          accountId,
          crm: crm.acting(accountId, leaving),
          ownSettings: () => settingsOf(accountId),
          moved: ids => updateDealCopies(accountId, contactId, ids),
          now: () => now().getTime(),
        },
        contactId,
      );
      if (due !== null) await store.lookAgain(accountId, contactId, due);
      // The chat service comes last, because it may be down, and the judgement must not wait for it.
      const standing = found?.claims.findLast(({ kind, state }) => kind === 'press' && state === 'stands');
      if (standing) await updateChatCopy(accountId, contactId, standing.toId, leaving);
    },
    async wake() {
      const due = await store.due(now().getTime());
      lanes.announce([...new Set(due.map(({ accountId }) => accountId))]);
    },
    async forget() {
      await ownerEvents.forget();
      const before = now().getTime() / 1000 - KEPT_SECONDS;
      await database.deleteFrom('claim').where('heardAt', '<', before).execute();
      await database
        .deleteFrom('claimedClient')
        .where('activeUntil', '<', before)
        .where('lookAt', 'is', null)
        .execute();
    },
    lanesOf: ids => ids.flatMap(id => [claimLane(id), `contact ${id}`]),
    async watched(accountId, names) {
      const ids = names.flatMap(name => /^contact (?<id>\d+)$/.exec(name)?.groups?.['id'] ?? []);
      if (ids.length === 0) return [];
      const rows = await database
        .selectFrom('claimedClient')
        .select('contactId')
        .where('accountId', '=', accountId)
        .where('contactId', 'in', ids)
        .where('activeUntil', '>', now().getTime() / 1000)
        .execute();
      return rows.map(({ contactId }) => claimLane(contactId));
    },
  };
}
