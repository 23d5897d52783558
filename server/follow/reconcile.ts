/**
 * Hooks get lost, and some plans have none. So the CRM's own list of changes is read, too. Each time it is read from a few
 * minutes before the previous time. Each change in it is a hint like any other.
 */
import { sql } from 'kysely';
import type { CrmOf } from '../crm/by-account.ts';
import type { Changed } from '../crm/changes.ts';
import { CrmUnavailable } from '../crm/unanswered.ts';
import type { Database } from '../store/database.ts';
import type { HeardOwner, HeardOwners } from '../hooks/heard-owners.ts';
import type { Lanes } from '../store/lanes.ts';

export type Reconciling = {
  readonly due: () => Promise<readonly string[]>;
  readonly reconcile: (accountId: string, leaving: AbortSignal) => Promise<void>;
};

const OVERLAP_MILLISECONDS = 5 * 60_000;
/** No CRM is asked more often than this. */
const SOONEST_SECONDS = 90;
/** How far back the list is read the first time, or after a long pause. */
const FURTHEST_MILLISECONDS = 7 * 86_400_000;

export function createReconciling(given: {
  readonly database: Database;
  readonly crmOf: CrmOf;
  readonly lanes: Lanes;
  readonly heardOwners: Pick<HeardOwners, 'hear'>;
  readonly concerned: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
  readonly now: () => Date;
}): Reconciling {
  const { database, crmOf, lanes, heardOwners, concerned, now } = given;

  /** Also false if the server is not set up for the account's CRM. */
  async function isDue(accountId: string, reconciledUntil: Date | null): Promise<boolean> {
    if (reconciledUntil === null) return true;
    const crm = await crmOf(accountId).catch(() => null);
    return crm !== null && now().getTime() - reconciledUntil.getTime() > crm.changes.everySeconds * 1000;
  }

  return {
    async due() {
      const rows = await database
        .selectFrom('account')
        .select(['id', 'reconciledUntil'])
        .where('state', '=', 'active')
        .where(({ or, eb }) =>
          or([
            eb('reconciledUntil', 'is', null),
            eb('reconciledUntil', '<', new Date(now().getTime() - SOONEST_SECONDS * 1000)),
          ]),
        )
        .limit(1000)
        .execute();
      const due = rows.map(async ({ id, reconciledUntil }) =>
        (await isDue(id, reconciledUntil)) ? [id] : [],
      );
      return (await Promise.all(due)).flat();
    },
    async reconcile(accountId, leaving) {
      const startedAt = now();
      const { reconciledUntil } = await database
        .selectFrom('account')
        .select('reconciledUntil')
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
      const since = Math.max(
        (reconciledUntil ?? startedAt).getTime() - OVERLAP_MILLISECONDS,
        startedAt.getTime() - FURTHEST_MILLISECONDS,
      );
      try {
        const { changes } = await crmOf(accountId);
        for await (const some of changes.since(accountId, Math.floor(since / 1000), leaving)) {
          await heardOwners.hear(accountId, some.flatMap(ownerIn));
          const names = some.map(({ name }) => name);
          await lanes.hint(accountId, await concerned(accountId, names), 'sweep');
        }
      } catch (error) {
        if (!(error instanceof CrmUnavailable)) throw error;
        // The stored time stays, so the next run starts from the same moment and skips nothing.
        return;
      }
      await database
        .updateTable('account')
        .set({ reconciledUntil: sql<Date>`greatest(reconciled_until, ${startedAt}::timestamptz)` })
        .where('id', '=', accountId)
        .execute();
    },
  };
}

const ownerIn = ({ name, owner }: Changed): HeardOwner | readonly [] => {
  const [kind, contactId = ''] = name.split(' ');
  return owner && kind === 'contact' ? { contactId, ownerId: owner.id, at: owner.at } : [];
};
