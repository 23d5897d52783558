/** Claims of all accounts: what is kept of them, when to look at a client again, and the look itself. */
import type { CrmApi } from '../crm/amocrm/api.ts';
import { ownersThrough } from '../crm/amocrm/owners.ts';
import type { Database } from '../store/database.ts';
import type { Lanes } from '../store/lanes.ts';
import type { Seal } from '../store/seal.ts';
import { claimsIn } from './claims-kept.ts';
import type { ClaimStore } from './claim-store.ts';
import { lookAtClient } from './look.ts';

/** "claim 501" */
export type ClaimLane = `claim ${string}`;

export type Claims = {
  readonly store: ClaimStore;
  /** Work of the client's lane: somebody may have become responsible. */
  readonly look: (accountId: string, contactId: string, leaving: AbortSignal) => Promise<void>;
  /** Has those looked at whose time has come. */
  readonly wake: () => Promise<void>;
  /** Those of "contact 501" whom somebody claims just now: "claim 501". */
  readonly watched: (accountId: string, names: readonly string[]) => Promise<readonly ClaimLane[]>;
};

export type ClaimsGiven = {
  readonly database: Database;
  readonly seal: Seal;
  readonly crm: CrmApi;
  readonly lanes: Pick<Lanes, 'hint'>;
  /** As whom the server writes in an account; null while nobody lets it in. */
  readonly giver: (accountId: string) => Promise<string | null>;
  /** Something in the CRM undoes what was put right. */
  readonly fought: (accountId: string) => void;
  readonly now: () => Date;
};

export function createClaims({ database, seal, crm, lanes, giver, fought, now }: ClaimsGiven): Claims {
  const store = claimsIn(database, seal);
  return {
    store,
    async look(accountId, contactId, leaving) {
      await lookAtClient(
        {
          store,
          accountId,
          crm: ownersThrough(crm, accountId, { leaving, giver: () => giver(accountId) }),
          now: () => now().getTime(),
          newPress: () => crypto.randomUUID(),
          fought: () => fought(accountId),
        },
        contactId,
      );
    },
    async wake() {
      const due = await store.due(now().getTime());
      for (const { accountId, contactId } of due) await lanes.hint(accountId, [`claim ${contactId}`], 'live');
    },
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
      return rows.map(({ contactId }): ClaimLane => `claim ${contactId}`);
    },
  };
}
