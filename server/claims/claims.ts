/** Claims of all accounts: what is kept of them, when to look at a client again, and the look itself. */
import type { CrmOf } from '../crm/by-account.ts';
import type { Database } from '../store/database.ts';
import type { Copies } from '../chat/copy.ts';
import type { Lanes } from '../store/lanes.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import { claimLane, type ClaimLane } from './claim-lane.ts';
import { claimsIn } from './claims-kept.ts';
import type { ClaimStore } from './claim-store.ts';
import { lookAtClient } from './look.ts';
import { ownerEventsIn, type OwnerEvents } from '../hooks/owner-events.ts';
import { workOff } from './working.ts';
import { worksIn, type WorkStore } from './work-kept.ts';

export type Claims = {
  readonly store: ClaimStore;
  readonly works: WorkStore;
  /** What hooks have told of contacts' owners. */
  readonly ownerEvents: OwnerEvents;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Work of the client's lane: somebody may have become responsible. */
  readonly look: (accountId: string, contactId: string, leaving: AbortSignal) => Promise<void>;
  /** Has those looked at whose time has come. */
  readonly wake: () => Promise<void>;
  /** What was decided a week ago. */
  readonly forget: () => Promise<void>;
  /** What is to be looked at when somebody has told of these clients. */
  readonly lanesOf: (contactIds: readonly string[]) => readonly string[];
  /** Those of "contact 501" whom somebody claims just now: "claim 501". */
  readonly watched: (accountId: string, names: readonly string[]) => Promise<readonly ClaimLane[]>;
};

export type ClaimsGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly crmOf: CrmOf;
  readonly lanes: Pick<Lanes, 'hint'>;
  /** As whom the server writes in an account; null while nobody lets it in. */
  readonly giver: (accountId: string) => Promise<string | null>;
  /** Whether the chat service may be told of a client because they became this one's. */
  readonly mayTell: (accountId: string, employeeId: string, leaving: AbortSignal) => Promise<boolean>;
  readonly copies: Pick<Copies, 'known' | 'adopt'>;
  readonly now: () => Date;
};

const KEPT_SECONDS = 7 * 24 * 3600;

export function createClaims(given: ClaimsGiven): Claims {
  const { database, seal, crmOf, lanes, copies, now } = given;
  const store = claimsIn(database, seal);
  const works = worksIn(database, seal);
  const ownerEvents = ownerEventsIn(database);

  /** The page does so too. It may have died. */
  async function told(
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

  /** As text; nothing for an account without any. */
  async function settingsOf(accountId: string): Promise<string> {
    const row = await database
      .selectFrom('ownSettings')
      .select('settings')
      .where('accountId', '=', accountId)
      .executeTakeFirst();
    return row?.settings ?? '';
  }

  /** The chat service knows deals of those clients alone that it was told of. */
  async function movedDeals(accountId: string, contactId: string, dealIds: readonly string[]): Promise<void> {
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
            giver: () => given.giver(accountId),
            told: (id, sinceSeconds) => ownerEvents.since(accountId, id, sinceSeconds),
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
      const due = await workOff(
        {
          works,
          accountId,
          crm: crm.acting(accountId, leaving),
          ownSettings: () => settingsOf(accountId),
          moved: ids => movedDeals(accountId, contactId, ids),
          now: () => now().getTime(),
        },
        contactId,
      );
      if (due !== null) await store.lookAgain(accountId, contactId, due);
      // Last: the chat service may not answer, and whose client it is does not wait for that.
      const standing = found?.claims.findLast(({ kind, state }) => kind === 'press' && state === 'stands');
      if (standing) await told(accountId, contactId, standing.toId, leaving);
    },
    async wake() {
      const due = await store.due(now().getTime());
      for (const { accountId, contactId } of due) await lanes.hint(accountId, [claimLane(contactId)], 'live');
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
