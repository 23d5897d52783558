/**
 * One life of an account: a given sequence of events, with the server's own code between a small CRM and a small chat service
 * and on a real database. At its end every hook has come, and everything is worked off.
 */
import { sql } from 'kysely';
import { expect } from 'vitest';
import { chatKeyBoundTo } from '../../server/connections/connection.ts';
import { askCrm } from '../../server/crm/amocrm/api.ts';
import { crmThrough } from '../../server/crm/amocrm/crm.ts';
import type { CrmApi } from '../../server/crm/api.ts';
import { LONGEST_LOOK_MILLISECONDS, type FollowerGiven } from '../../server/follow/follower.ts';
import { createFollowing, type Following } from '../../server/follow/following.ts';
import { HOOKS } from '../../server/hooks/subscription.ts';
import { hookRoutes } from '../../server/hooks/routes.ts';
import type { Database } from '../../server/store/database.ts';
import { sealIn } from '../support/seals.ts';
import { digestOf } from '../../server/store/digest.ts';
import { createGate, databaseBehind } from './gate.ts';
import {
  API,
  CLIENTS,
  createRegister,
  HOST,
  NOBODY,
  STRANGERS,
  type Change,
  type Register,
  type Trouble,
} from './register.ts';

const MOST_LOOKS = 60;
const MINUTE_SECONDS = 60;
const SECRET = 'h'.repeat(43);
const patient = (): AbortSignal => new AbortController().signal;

export type Command =
  | {
      readonly do: 'change';
      readonly name: string;
      readonly change: Change;
      /** The log shows the change this many milliseconds later. */
      readonly lag: number;
      readonly isHookLate: boolean;
    }
  | { readonly do: 'tell'; readonly name: string }
  | { readonly do: 'deliver'; readonly which: number; readonly comesAgain: boolean }
  | { readonly do: 'lose'; readonly which: number }
  | { readonly do: 'trouble'; readonly with: 'crm' | 'chat'; readonly trouble: Trouble }
  | {
      readonly do: 'work';
      readonly worker: 0 | 1;
      /** The worker stops after this many awaits. */
      readonly awaits: number;
      readonly reconciles: boolean;
      /** Whether it dies there, instead of continuing with the next command. */
      readonly dies: boolean;
    }
  | { readonly do: 'wait'; readonly seconds: number };

/** An account in a database. Its lives come one after another. */
export type Place = { readonly database: Database; readonly accountId: string };

export async function placeIn(database: Database, crmAccountId = '1'): Promise<Place> {
  const { id: accountId } = await database
    .insertInto('account')
    .values({
      crm: 'amocrm',
      crmAccountId,
      host: HOST,
      state: 'active',
      country: 'RU',
      hookDigest: crmAccountId === '1' ? digestOf(SECRET) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const sealedKey = await sealIn(database).seal('the key', chatKeyBoundTo(accountId));
  await database
    .insertInto('chatConnection')
    .values({ accountId, sealedKey, keyDigest: crmAccountId, keyKind: 'partner' })
    .execute();
  const settings = JSON.stringify({ v: 1, standInOwners: [NOBODY] });
  await database.insertInto('ownSettings').values({ accountId, version: 1, settings }).execute();
  return { database, accountId };
}

/** One instance of the server. */
function createWorker({ database, accountId }: Place, register: Register, now: () => number) {
  const gate = createGate();
  let look: { readonly startedAt: number; readonly ends: AbortController } | undefined;
  const defects: unknown[] = [];
  const following = followingIn(databaseBehind(gate, database), register, {
    through: gate.through,
    bounded(leaving, work) {
      look = { startedAt: now(), ends: new AbortController() };
      return work(AbortSignal.any([leaving, look.ends.signal]));
    },
    failed: error => defects.push(error),
    now,
  });
  let job: Promise<unknown> | undefined;
  return {
    defects,
    /** Continues for this many awaits. A job that has ended starts again at the next call. */
    async work(awaits: number, reconciles = false): Promise<void> {
      job ??= (
        reconciles
          ? following.reconciling.reconcile(accountId, patient())
          : following.follower.step(patient())
      ).finally(() => (job = undefined));
      for (let at = 0; at < awaits; at += 1) {
        await Promise.race([job, gate.arrival()]);
        if (!job) return;
        await gate.open();
        // The code after the answer runs too.
        await new Promise(setImmediate);
      }
    },
    timePasses(): void {
      if (look && now() - look.startedAt >= LONGEST_LOOK_MILLISECONDS) look.ends.abort();
    },
  };
}

type Through = <T>(act: () => Promise<T>) => Promise<T>;
/** The server's own code for following the CRM. */
export function followingIn(
  database: Database,
  register: Pick<Register, 'crm' | 'chat'>,
  {
    through,
    now,
    ...more
  }: {
    /** Every request to a service passes through it. */
    readonly through: Through;
    readonly now: () => number;
    readonly bounded?: FollowerGiven['bounded'];
    readonly failed: (error: unknown) => void;
  },
): Following {
  const fetch = (request: Request): Promise<Response> => through(() => register.chat(request));
  const hosts = { api: API, settings: API };
  const time = { now: () => new Date(now()) };
  const api: CrmApi = {
    async ask(accountId, question, patience) {
      const access = { host: HOST, token: accountId };
      const answer = await askCrm(
        request => through(() => register.crm(request)),
        access,
        question,
        patience,
      );
      return answer === 'unauthorized' ? { kind: 'needs-reauth' } : answer;
    },
  };
  return createFollowing({
    database,
    seal: sealIn(database),
    crmOf: async () => crmThrough(api),
    fetch,
    ...hosts,
    origin: 'https://server.invalid',
    grantOwner: async () => null,
    mayTell: async () => false,
    rolesOf: async () => null,
    ...time,
    ...more,
  });
}

/** Runs the commands, and returns what is wrong once everything has come to rest. */
export async function lived(place: Place, commands: readonly Command[]): Promise<readonly string[]> {
  const { database, accountId } = place;
  let time = Date.now();
  const now = (): number => time;
  const register = createRegister(now);
  await sql`
    with lanes as (delete from lane where account_id = ${accountId}),
      copies as (delete from chat_copy where account_id = ${accountId})
    update account set reconciled_until = ${new Date(time)} where id = ${accountId}
  `.execute(database);
  const failed: unknown[] = [];
  const server = followingIn(database, register, {
    through: act => act(),
    now,
    failed: error => failed.push(error),
  });
  const hooks = hookRoutes({ ...server, employeesChanged: async () => undefined });
  const page = server.ofAccount(accountId);
  const newWorker = () => createWorker(place, register, now);
  const workers = [newWorker(), newWorker()];

  async function timePasses(seconds: number): Promise<void> {
    time += seconds * 1000;
    workers.forEach(one => one.timePasses());
    await sql`
      update lane set due_at = due_at - make_interval(secs => ${seconds}) where account_id = ${accountId}
    `.execute(database);
  }
  async function deliver(which: number, comesAgain: boolean): Promise<void> {
    const hook = register.hooks[which % register.hooks.length];
    if (!hook) return;
    if (!comesAgain) register.hooks.splice(register.hooks.indexOf(hook), 1);
    const request = { method: 'POST', body: `${hook.body}&account[id]=1` };
    const { status } = await hooks.request(`https://server.invalid${HOOKS}/amocrm/${SECRET}`, request);
    expect(status).toBe(200);
  }
  async function tell(name: string): Promise<void> {
    register.tell(name);
    for (const one of CLIENTS) {
      if (one === name) await page.adopt(one);
      // A deal may show the client now.
      if (register.ours.has(one)) await page.hint(one);
    }
  }
  async function done(one: Command): Promise<void> {
    if (one.do === 'change') {
      if (register.change(one.name, one.change, one.lag) && !one.isHookLate)
        await deliver(register.hooks.length - 1, false);
    } else if (one.do === 'tell') await tell(one.name);
    else if (one.do === 'deliver') await deliver(one.which, one.comesAgain);
    else if (one.do === 'trouble') register.troubles[one.with].push(one.trouble);
    else if (one.do === 'work') {
      await workers[one.worker]?.work(one.awaits, one.reconciles);
      if (one.dies) workers[one.worker] = newWorker();
    } else if (one.do === 'lose') {
      const at = one.which % register.hooks.length;
      // The log replaces only changes of the responsible; the CRM repeats all other hooks.
      if (register.hooks[at]?.isLogged) register.hooks.splice(at, 1);
    } else await timePasses(one.seconds);
  }
  async function workedOff(): Promise<void> {
    for (let looks = 0; looks < MOST_LOOKS; looks += 1)
      if (!(await server.follower.step(patient()))) {
        const { rows } = await sql`
          select from lane where account_id = ${accountId} and (wanted > done or dead_at is not null)
        `.execute(database);
        if (rows.length === 0) return;
        await timePasses(MINUTE_SECONDS);
      }
    register.complaints.push('It does not come to an end');
  }

  for (const name of ['contact 501', 'deal 9001']) await tell(name);
  await workedOff();
  for (const one of commands) await done(one);
  register.troubles.crm.length = 0;
  register.troubles.chat.length = 0;
  while (register.hooks.length > 0) await deliver(0, false);
  // The log shows everything by now.
  await timePasses(300);
  await server.reconciling.reconcile(accountId, patient());
  // One of the two workers has died meanwhile, and the other goes on.
  await workers[0]?.work(200);
  await workedOff();
  const wrong = register.wrong();
  const before = register.writes();
  await server.lanes.hint(accountId, [...CLIENTS, ...STRANGERS], 'live');
  await workedOff();
  return [
    ...register.complaints,
    ...wrong,
    ...(register.writes() > before ? ['Something was written at rest'] : []),
    ...(register.strangersTouched() ? ['A client from another source was touched'] : []),
    ...[...failed, ...workers.flatMap(({ defects }) => defects)].map(String),
  ];
}
