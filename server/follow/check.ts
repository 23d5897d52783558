/**
 * Compares everything that the chat service knows about an account with the CRM: employees' names, pipelines, and
 * clients. Hooks and the CRM's log report one client at a time. This check finds what they miss: clients that were sent
 * before this server followed the account, and any other difference. It reads the service's own answer and hints each
 * differing client.
 *
 * A wrong stand-in owner would show all chats to everybody. So a check that would remove many clients changes nothing
 * and asks an administrator first. The first check always asks, because nobody has seen its numbers yet.
 */
import { sql, type UpdateObject } from 'kysely';
import { ChatRefused, ChatUnavailable } from '../chat/wazzup/asking.ts';
import { clientsOf, type ChatClients } from '../chat/wazzup/clients.ts';
import { directoryOf, PeopleLimit } from '../chat/wazzup/directory.ts';
import type { CrmCards } from '../crm/cards.ts';
import type { CrmOf } from '../crm/by-account.ts';
import type { CrmLists, CrmUser } from '../crm/lists.ts';
import { BudgetKept, CrmUnavailable } from '../crm/unanswered.ts';
import type { AccountRoles } from '../chat/account-roles.ts';
import type { Fetch } from '../http/fetch.ts';
import type { Database } from '../store/database.ts';
import type { Lanes } from '../store/lanes.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import type { Tables } from '../store/tables.ts';
import { clientsIn, type Clients } from './clients.ts';
import { compare } from './compare.ts';
import type { Copies } from '../chat/copy.ts';
import { sendPeople, sendPipelines } from './directory.ts';
import { officeOf, type Office } from './office.ts';

/** Why a check is incomplete. */
type Problem = 'crm' | 'chat' | 'people-limit';

export type Checking = {
  readonly due: () => Promise<readonly string[]>;
  readonly check: (accountId: string, leaving: AbortSignal) => Promise<void>;
  /**
   * Call it when another chat account is connected: its clients are unknown, and no administrator has agreed to send
   * any.
   */
  readonly begin: (accountId: string) => Promise<void>;
  /** An administrator asks for a check: failed clients are tried again, and pipelines and people are sent from now on. */
  readonly ask: (accountId: string) => Promise<void>;
  /** The next check may do what was held back, and all clients are sent from now on. */
  readonly release: (accountId: string) => Promise<void>;
  readonly clients: (accountId: string) => Promise<Clients>;
};

const UNCHECKED = {
  clientsCheckedAt: null,
  clientsSentSince: null,
  clientsHeld: 0,
  clientsReleased: false,
  companyAsked: false,
  clientsKnown: null,
  clientsRight: null,
  clientsUnsent: null,
  clientsWithoutNumber: null,
  checkEndedAt: null,
  nextCheckAt: null,
  clientsDueAt: null,
  checkProblem: null,
  pipelinesTold: null,
  peopleTold: null,
  peopleKnown: null,
};
/** An administrator is asked before more than this is removed at once. */
const MANY = 100;
const MANY_SHARE = 0.05;

export function createChecking(given: {
  readonly database: Database;
  readonly lanes: Lanes;
  readonly copies: Copies;
  readonly crmOf: CrmOf;
  readonly seal: AccountSeal;
  readonly fetch: Fetch;
  readonly api: string;
  readonly rolesOf: AccountRoles['of'];
  readonly now: () => Date;
}): Checking {
  const { database, seal, lanes, copies, crmOf, now } = given;

  const later = (seconds: number): Date => new Date(now().getTime() + seconds * 1000);
  const accountRow = (accountId: string) =>
    database.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirst();
  const note = (accountId: string, columns: UpdateObject<Tables, 'account'>) =>
    database.updateTable('account').set(columns).where('id', '=', accountId).execute();

  async function compareClients(
    accountId: string,
    account: NonNullable<Awaited<ReturnType<typeof accountRow>>>,
    {
      users,
      lists,
      cards,
      chat,
      office: { standInOwners, country },
    }: { users: readonly CrmUser[]; lists: CrmLists; cards: CrmCards; chat: ChatClients; office: Office },
  ): Promise<void> {
    const working = new Set(users.flatMap(one => (one.isActive ? one.id : [])));
    const isFree = (owner: string): boolean => standInOwners.includes(owner) || !working.has(owner);
    const found = await compare({ chat, lists, cards, isFree, country });
    const { ours, differing, removed, unsent } = found;
    await copies.adopt(accountId, ours);
    const isFirst = account.clientsCheckedAt === null;
    const isMany = removed > MANY || (removed > 5 && removed > ours.length * MANY_SHARE);
    const asks = !account.clientsReleased && (isMany || (isFirst && differing.length > 0));
    if (!asks) await lanes.hint(accountId, differing, 'sweep');
    if (account.clientsSentSince) {
      // The service accepts a deal only with a client that it knows. Clients are hinted first, so they are processed first.
      await lanes.hint(accountId, unsent.filter(isClient), 'sweep');
      await lanes.hint(
        accountId,
        unsent.filter(name => !isClient(name)),
        'sweep',
      );
    }
    const clientsOnly = (names: readonly string[]): number => names.filter(isClient).length;
    await note(accountId, {
      clientsCheckedAt: now(),
      clientsDueAt: later(lists.restSeconds()),
      clientsHeld: asks ? differing.length : 0,
      clientsReleased: false,
      clientsKnown: clientsOnly(ours),
      clientsRight: clientsOnly(ours) - clientsOnly(differing),
      clientsUnsent: clientsOnly(unsent),
      clientsWithoutNumber: found.withoutNumber,
    });
  }

  return {
    async due() {
      const rows = await database
        .selectFrom('account')
        .innerJoin('chatConnection', 'chatConnection.accountId', 'account.id')
        .select('account.id')
        .where('state', '=', 'active')
        .where('keyKind', '!=', 'sidecar')
        .where(({ or, eb }) => or([eb('nextCheckAt', 'is', null), eb('nextCheckAt', '<', now())]))
        .limit(1000)
        .execute();
      return rows.map(row => row.id);
    },
    async begin(accountId) {
      await database.transaction().execute(async transaction => {
        await transaction.deleteFrom('chatCopy').where('accountId', '=', accountId).execute();
        await transaction.updateTable('account').set(UNCHECKED).where('id', '=', accountId).execute();
      });
    },
    async ask(accountId) {
      await lanes.revive(accountId);
      await note(accountId, { companyAsked: true, nextCheckAt: null });
    },
    async release(accountId) {
      await note(accountId, {
        clientsReleased: true,
        nextCheckAt: null,
        clientsSentSince: sql<Date>`coalesce(clients_sent_since, ${now()}::timestamptz)`,
      });
    },
    async check(accountId, leaving) {
      const account = await accountRow(accountId);
      const office = await officeOf(database, seal, accountId);
      if (!account || !office) return;
      const { connection } = office;
      const to = { ...given, leaving };
      const crm = await crmOf(accountId);
      const { cards } = crm;
      const isAsked = account.nextCheckAt === null;
      const lists = crm.lists(accountId, leaving, { sparing: !isAsked });
      const directory = directoryOf(connection, to);
      const problems: Problem[] = [];
      let isPutOff = false;
      const attempt = <T>(work: () => Promise<T>): Promise<T | null> =>
        work().catch((error: unknown) => {
          if (error instanceof BudgetKept) isPutOff = true;
          else problems.push(problemOf(error));
          return null;
        });
      // Once the service knows a company's pipelines, it offers to make deals. Only an administrator may start that.
      const pipelinesTold = account.companyAsked
        ? await attempt(() => sendPipelines(directory, lists))
        : null;
      const users = await attempt(lists.users);
      const people =
        users && account.companyAsked
          ? await attempt(async () => sendPeople(directory, users, await given.rolesOf(accountId, leaving)))
          : null;
      if (users)
        await attempt(() =>
          compareClients(accountId, account, {
            users,
            lists,
            cards,
            chat: clientsOf(connection, to),
            office,
          }),
        );
      // The instance that takes over starts the check again.
      if (leaving.aborted) return;
      await note(accountId, {
        // If an administrator has asked in the meantime, another check follows.
        nextCheckAt: sql<Date | null>`case when next_check_at is null and not ${isAsked}::boolean then null
          else ${later(lists.restSeconds())}::timestamptz end`,
        ...(isPutOff
          ? { clientsDueAt: putOff(now()) }
          : {
              checkEndedAt: now(),
              checkProblem: problems[0] ?? null,
              pipelinesTold,
              peopleTold: people?.told ?? null,
              peopleKnown: people?.known ?? null,
            }),
      });
    },
    clients: accountId => clientsIn({ database, lanes }, accountId),
  };
}

/** When clients are due after a check was put off: at most a day after they were last compared. */
const putOff = (now: Date) =>
  sql<Date>`greatest(clients_due_at, least(${now}::timestamptz, clients_checked_at + interval '1 day'))`;

const isClient = (name: string): boolean => name.startsWith('contact ');

function problemOf(error: unknown): Problem {
  if (error instanceof CrmUnavailable) return 'crm';
  if (error instanceof PeopleLimit) return 'people-limit';
  if (error instanceof ChatUnavailable || error instanceof ChatRefused) return 'chat';
  throw error;
}
