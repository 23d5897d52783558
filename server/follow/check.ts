/**
 * Holds all that the chat service knows of an account against the CRM: employees' names, pipelines, and clients. What hooks and
 * log tell is one client at a time; this finds what they cannot: clients that were told of before this server followed, and
 * whatever else has come apart. It compares with the service's own answer, and a client that differs is a hint like any other.
 *
 * A wrong stand-in owner would show everybody everything: so a check that would take out many clients stops and asks, and the
 * first one, which nobody has seen the numbers of, always does.
 */
import { sql, type UpdateObject } from 'kysely';
import { ChatRefused, ChatUnavailable } from '../chat/wazzup/asking.ts';
import { clientsOf, type ChatClients } from '../chat/wazzup/clients.ts';
import type { Connections } from '../chat/wazzup/connection.ts';
import { directoryOf, PeopleLimit } from '../chat/wazzup/directory.ts';
import type { CrmApi } from '../crm/amocrm/api.ts';
import { CLOSED, CrmUnavailable } from '../crm/amocrm/clients.ts';
import { crmListsOf, type CrmLists, type CrmUser } from '../crm/amocrm/lists.ts';
import type { Fetch } from '../fetch.ts';
import type { OwnSettings } from '../own-settings/own-settings.ts';
import type { Database } from '../store/database.ts';
import type { Lanes } from '../store/lanes.ts';
import type { Tables } from '../store/tables.ts';
import type { Copies } from './copy.ts';
import { tellPeople, tellPipelines } from './directory.ts';
import { standInOwnersOf } from './stand-ins.ts';

/** Why a check did not do everything. */
type Problem = 'crm' | 'chat' | 'people-limit';

export type Clients = {
  /** Of how many the chat service was told. */
  readonly known: number;
  /** How many of them are being looked at now. */
  readonly waiting: number;
  /** How many the chat service did not take. */
  readonly failed: number;
  /** How many differ and are left alone until an administrator has said that it is right. */
  readonly held: number;
  /** When a check last ended, whatever came of it; null before the first time. */
  readonly checkedAt: string | null;
  /** How many pipelines the chat service has now; null until it was told of them. */
  readonly pipelines: number | null;
  /** How many employees with a role it knows by the name that they have now. */
  readonly people: number | null;
  /** How many people it knows altogether. It takes a thousand. */
  readonly peopleKnown: number | null;
  /** What the last check could not do; null when it did everything. */
  readonly problem: string | null;
};

export type Checking = {
  readonly due: () => Promise<readonly string[]>;
  readonly check: (accountId: string, leaving: AbortSignal) => Promise<void>;
  /** What is held may be done with the next check. */
  readonly release: (accountId: string) => Promise<void>;
  readonly clients: (accountId: string) => Promise<Clients>;
};

const NOBODY = { known: 0, waiting: 0, failed: 0 };
const HOUR_MILLISECONDS = 3_600_000;
/** Taking out more than that at once is asked for first. */
const MANY = 100;
const MANY_SHARE = 0.05;

/** What both sides call them, and how a card's address begins. */
const KINDS = [
  { lane: 'contact', chat: 'contacts', crm: 'contacts' },
  { lane: 'deal', chat: 'deals', crm: 'leads' },
] as const;

export function createChecking(given: {
  readonly database: Database;
  readonly lanes: Lanes;
  readonly copies: Copies;
  readonly crm: CrmApi;
  readonly connections: Connections;
  readonly ownSettings: OwnSettings;
  readonly fetch: Fetch;
  readonly api: string;
  readonly settings: string;
  readonly now: () => Date;
}): Checking {
  const { database, lanes, copies, crm, connections, now } = given;

  const held = (accountId: string) =>
    database.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirst();
  const note = (accountId: string, columns: UpdateObject<Tables, 'account'>) =>
    database.updateTable('account').set(columns).where('id', '=', accountId).execute();

  async function compareClients(
    accountId: string,
    account: NonNullable<Awaited<ReturnType<typeof held>>>,
    { users, lists, chat }: { users: readonly CrmUser[]; lists: CrmLists; chat: ChatClients },
  ): Promise<void> {
    const standIns = await standInOwnersOf(given.ownSettings, account);
    const working = new Set(users.flatMap(one => (one.rights.is_active ? one.id : [])));
    const isFree = (owner: string): boolean => standIns.includes(owner) || !working.has(owner);
    const differing: string[] = [];
    const names: string[] = [];
    let goes = 0;
    for (const kind of KINDS) {
      const [known, records] = await Promise.all([chat.all(kind.chat), lists.records(kind.crm)]);
      const current = new Map(records.map(one => [one.id, one]));
      for (const there of known) {
        // Whoever has another address was told of by somebody else, and is never touched. Accounts change their names, cards do not.
        if (!there.uri?.endsWith(`/${kind.crm}/detail/${there.id}`)) continue;
        names.push(`${kind.lane} ${there.id}`);
        const record = current.get(there.id);
        const isGone = !record || isFree(record.responsible_user_id);
        if (isGone) goes += 1;
        const isRight =
          record?.responsible_user_id === there.responsibleUserId &&
          (kind.lane === 'contact' || CLOSED.has(record.status_id) === there.closed);
        if (isGone || !isRight) differing.push(`${kind.lane} ${there.id}`);
      }
    }
    await copies.adopt(accountId, names);
    const isFirst = account.clientsCheckedAt === null;
    const isMany = goes > MANY || (goes > 5 && goes > names.length * MANY_SHARE);
    const asks = !account.clientsReleased && (isMany || (isFirst && differing.length > 0));
    if (!asks) await lanes.hint(accountId, differing, 'sweep');
    await note(accountId, {
      clientsCheckedAt: now(),
      clientsHeld: asks ? differing.length : 0,
      clientsReleased: false,
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
        .where('clientsCheckedAt', '<', new Date(now().getTime() - HOUR_MILLISECONDS))
        .limit(1000)
        .execute();
      return rows.map(row => row.id);
    },
    async release(accountId) {
      await note(accountId, { clientsReleased: true });
    },
    async check(accountId, leaving) {
      const account = await held(accountId);
      if (!account || account.host === null) return;
      const connection = await connections.of(accountId);
      if (!connection || connection.keyKind === 'sidecar') return;
      const to = { ...given, leaving };
      const lists = crmListsOf(crm, accountId, leaving);
      const directory = directoryOf(connection, to);
      const problems: Problem[] = [];
      const attempt = <T>(work: () => Promise<T>): Promise<T | null> =>
        work().catch((error: unknown) => {
          problems.push(problemOf(error));
          return null;
        });
      const pipelinesTold = await attempt(() => tellPipelines(directory, lists));
      const users = await attempt(lists.users);
      const people = users && (await attempt(() => tellPeople(directory, users)));
      if (users)
        await attempt(() =>
          compareClients(accountId, account, { users, lists, chat: clientsOf(connection, to) }),
        );
      // Whoever takes over begins anew.
      if (leaving.aborted) return;
      await note(accountId, {
        checkEndedAt: now(),
        checkProblem: problems[0] ?? null,
        pipelinesTold,
        peopleTold: people?.told ?? null,
        peopleKnown: people?.known ?? null,
      });
    },
    async clients(accountId) {
      const account = await held(accountId);
      const { rows } = await sql<{ known: number; waiting: number; failed: number }>`
        select
          (select count(*)::int from chat_copy where account_id = ${accountId} and name like 'contact %') as known,
          (select count(*)::int from lane where account_id = ${accountId} and wanted > done and dead_at is null) as waiting,
          (select count(*)::int from lane where account_id = ${accountId} and dead_at is not null) as failed
      `.execute(database);
      return {
        ...(rows[0] ?? NOBODY),
        held: account?.clientsHeld ?? 0,
        checkedAt: (account?.checkEndedAt ?? account?.clientsCheckedAt)?.toISOString() ?? null,
        pipelines: account?.pipelinesTold ?? null,
        people: account?.peopleTold ?? null,
        peopleKnown: account?.peopleKnown ?? null,
        problem: account?.checkProblem ?? null,
      };
    },
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof CrmUnavailable) return 'crm';
  if (error instanceof PeopleLimit) return 'people-limit';
  if (error instanceof ChatUnavailable || error instanceof ChatRefused) return 'chat';
  throw error;
}
