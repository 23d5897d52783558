/** What administrators see about the agreement of the chat service with the CRM. */
import { sql } from 'kysely';
import { REFUSED } from '../chat/wazzup/asking.ts';
import { contactInLane, IS_COPY } from '../claims/claim-lane.ts';
import type { Database } from '../store/database.ts';
import type { DeadLane, Lanes } from '../store/lanes.ts';

export type Clients = {
  /** How many clients the chat service knows, by its own answer to the last check; null before the first. */
  readonly known: number | null;
  /** How many of them agree with the CRM. */
  readonly right: number | null;
  /** How many have a responsible user and a number, but are not known there. */
  readonly unsent: number | null;
  /** How many have a responsible user but no readable number. */
  readonly notNumbers: number | null;
  /** Whether an administrator has agreed to send all clients. */
  readonly sending: boolean;
  /** How many are being processed. */
  readonly waiting: number;
  /** How many the chat service did not accept. */
  readonly failed: number;
  /** Some of the failed ones, and why. */
  readonly notTold: readonly NotTold[];
  /** How many differ and are not changed until an administrator agrees. */
  readonly held: number;
  /** When all clients were last compared; null before the first time. */
  readonly checkedAt: string | null;
  /** When a check last ended, successful or not. */
  readonly checkEndedAt: string | null;
  /** How many pipelines the chat service has now; null before they were sent. */
  readonly pipelines: number | null;
  /** How many employees with a role it knows by their present name. */
  readonly people: number | null;
  /** How many people it knows altogether. It accepts a thousand. */
  readonly peopleKnown: number | null;
  /** What the last check could not do; null when it did everything. */
  readonly problem: string | null;
};

export type NotTold = {
  readonly kind: string;
  readonly id: string;
  /** `refused`: the chat service rejects the data of this client. `server`: our own fault. */
  readonly reason: 'refused' | 'server';
};

const NOBODY = { waiting: 0, failed: 0 };
const MOST_SHOWN = 20;

export async function clientsIn(
  { database, lanes }: { readonly database: Database; readonly lanes: Pick<Lanes, 'dead'> },
  accountId: string,
): Promise<Clients> {
  const account = await database
    .selectFrom('account')
    .selectAll()
    .where('id', '=', accountId)
    .executeTakeFirst();
  const { rows } = await sql<{ waiting: number; failed: number }>`
    select
      (select count(*)::int from lane where account_id = ${accountId} and wanted > done and dead_at is null and ${IS_COPY}) as waiting,
      (select count(*)::int from lane where account_id = ${accountId} and dead_at is not null and ${IS_COPY}) as failed
  `.execute(database);
  return {
    ...(rows[0] ?? NOBODY),
    known: account?.clientsKnown ?? null,
    right: account?.clientsRight ?? null,
    unsent: account?.clientsUnsent ?? null,
    notNumbers: account?.clientsWithoutNumber ?? null,
    sending: (account?.clientsSentSince ?? null) !== null,
    notTold: (await lanes.dead(accountId))
      .filter(({ name }) => contactInLane(name) === null)
      .slice(0, MOST_SHOWN)
      .map(notToldOf),
    held: account?.clientsHeld ?? 0,
    checkedAt: account?.clientsCheckedAt?.toISOString() ?? null,
    checkEndedAt: account?.checkEndedAt?.toISOString() ?? null,
    pipelines: account?.pipelinesTold ?? null,
    people: account?.peopleTold ?? null,
    peopleKnown: account?.peopleKnown ?? null,
    problem: account?.checkProblem ?? null,
  };
}

function notToldOf({ name, reason }: DeadLane): NotTold {
  const [kind = '', id = ''] = name.split(' ');
  return { kind, id, reason: reason.startsWith(REFUSED) ? 'refused' : 'server' };
}
