/**
 * Install. The CRM calls our address once with a code, waits three seconds and never calls again. So the code is stored
 * before the call is answered, and exchanged afterwards by any running instance. A code is valid for twenty minutes.
 *
 * Anyone can call that address with invented codes, and only the CRM can tell them from real ones. So the number of codes
 * per caller and per host is limited, and so is how fast each CRM is asked. Other requests do not wait behind codes, and
 * the codes of one CRM do not wait behind those of another.
 */
import { sql } from 'kysely';
import type { Kits } from '../crm/by-account.ts';
import type { Arrived, CrmKit } from '../crm/kit.ts';
import type { TokenPair } from '../crm/oauth.ts';
import type { Database } from '../store/database.ts';
import type { Pace } from '../store/pace.ts';
import { sleep } from '../store/sleep.ts';
import type { Seal } from '../store/seal.ts';
import type { Grants } from './grant.ts';
import { moveTo } from './renewal.ts';

export type ArrivalsGiven = {
  readonly database: Database;
  readonly ringSeal: Seal;
  readonly grants: Grants;
  readonly pace: Pace;
  readonly kits: Pick<Kits, 'all' | 'at'>;
  /** Called when there is a code to exchange. */
  readonly wake: () => Promise<void>;
};

export type Arrivals = {
  /**
   * Stores the code and returns an id for `fateOf`. The answer does not tell whether it is a real code. Null when this
   * caller has left too many codes, or too many were left for this host. `caller`: the network address, null if
   * unknown.
   */
  readonly receive: (arrived: Arrived, caller: string | null) => Promise<string | null>;
  /** The outcome of the code. `host`: the account's host. */
  readonly fateOf: (id: string) => Promise<Fate>;
  /** Exchanges all waiting codes, those of each CRM one after another. An exchange that has started is finished. */
  readonly exchangeAll: (leaving: AbortSignal) => Promise<void>;
  /** Wipes codes that were not exchanged in time, and deletes old rows. */
  readonly forget: () => Promise<void>;
};

export type Fate =
  | { readonly kind: 'waiting' | 'not-taken' }
  | { readonly kind: 'connected'; readonly host: string };

/** The outcome of a code that connected an account. */
const CONNECTED = 'connected';
/** A worker that took a code and has not reported within this time counts as dead. */
const TAKEN_SECONDS = 60;
const CODE_MINUTES = 20;
const KEPT_DAYS = 7;
/** For one caller. The CRM has few servers and an installation is one call, so this is more than they need. */
const CALLS_A_SECOND = 2;
/** How many calls may come at once: as many as come within this time at that rate. */
const CALLS_AHEAD_MILLISECONDS = 15_000;
/** One a minute, and five at once, because people press Install again if nothing seems to happen. */
const HOST_CALLS_A_SECOND = 1 / 60;
const HOST_AHEAD_MILLISECONDS = 4 * 60_000;
/** For each CRM. */
const EXCHANGES_A_SECOND = 4;

export function createArrivals(given: ArrivalsGiven): Arrivals {
  const { database, ringSeal, grants, pace, kits, wake } = given;

  /** Records the outcome and wipes the code. `host`: the host of the code's account. */
  const finish = (id: string, outcome: string, host?: string) =>
    database
      .updateTable('arrival')
      .set({ outcome, sealedCode: '', ...(host !== undefined && { host }) })
      .where('id', '=', id)
      .execute();

  async function exchangeOne(
    id: string,
    host: string,
    sealedCode: string,
    leaving: AbortSignal,
  ): Promise<void> {
    const code = await ringSeal.open(sealedCode, `arrival ${host}`);
    // Not aborted by `leaving`, because a code is answered only once.
    const unhurried = new AbortController().signal;
    const kit = kits.at(host);
    if (!kit) return void (await finish(id, 'dead: the server is not set up for this CRM'));
    const answer = await kit.oauth.exchange(host, code, unhurried);
    // Only a request that did not reach the CRM is repeated. Otherwise the code may be used up.
    if (answer.kind === 'later') return;
    if (answer.kind !== 'pair') return void (await finish(id, `${answer.kind}: ${answer.hint}`));
    const at = answer.pair.host ?? host;
    await finish(id, await connectAccount(kit, at, answer.pair, leaving), at);
  }

  /** Stores the grant before any other request, so that a crash loses nothing. */
  async function connectAccount(
    kit: CrmKit,
    host: string,
    pair: TokenPair,
    leaving: AbortSignal,
  ): Promise<string> {
    const crm = kit.crmAt(host);
    if (crm === null) return 'dead: the CRM names a host that is none of its own';
    const row = await database
      .insertInto('account')
      .values({ crm, crmAccountId: pair.accountId, host })
      .onConflict(conflict =>
        conflict
          .columns(['crm', 'crmAccountId'])
          .doUpdateSet({ host: sql<string>`coalesce(account.host, excluded.host)` }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    const grant = await grants.keep(row, { kind: 'oauth', pair, isAdmin: pair.isAdmin ?? true });
    const access = { host, token: pair.access };
    const there = await kit.oauth.accountAt(access, leaving);
    if (there && there.id !== pair.accountId) {
      await grants.end(grant);
      return 'dead: the host is not the account of the token';
    }
    const isAdmin = pair.isAdmin ?? (await kit.oauth.isAdministrator(access, leaving));
    if (isAdmin === false) await grants.isAdmin(grant.id, false);
    if (there) {
      const { country } = there;
      await database.updateTable('account').set({ country }).where('id', '=', row.id).execute();
    }
    await moveTo(database, { accountId: row.id }, host);
    return CONNECTED;
  }

  /** False if there is no code of this CRM. */
  async function exchangeNext({ names }: CrmKit, leaving: AbortSignal): Promise<boolean> {
    const next = database
      .selectFrom('arrival')
      .select('id')
      .where('outcome', 'is', null)
      .where('nextAt', '<=', sql<Date>`now()`)
      .where('at', '>', sql<Date>`now() - make_interval(mins => ${CODE_MINUTES})`)
      .where(({ or, eb }) => or([eb('crm', 'in', names), eb('crm', 'is', null)]))
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked();
    const taken = await database
      .updateTable('arrival')
      .set({ nextAt: sql<Date>`now() + make_interval(secs => ${TAKEN_SECONDS})` })
      .where('id', 'in', next)
      .returning(['id', 'host', 'sealedCode'])
      .executeTakeFirst();
    if (!taken) return false;
    const line = `exchange ${names.join(' ')}`;
    const wait = await pace.place(line, EXCHANGES_A_SECOND, (TAKEN_SECONDS * 1000) / 2);
    // The row is processed again once it counts as abandoned.
    if (wait === null) return true;
    await sleep(wait);
    await exchangeOne(taken.id, taken.host, taken.sealedCode, leaving);
    return true;
  }

  /** Counts the call in one statement each, so that simultaneous calls are counted too. */
  async function isWithinLimits({ host, isOfAccount }: Arrived, caller: string | null): Promise<boolean> {
    const ofCaller =
      caller === null ||
      (await pace.place(`install ${caller}`, CALLS_A_SECOND, CALLS_AHEAD_MILLISECONDS)) !== null;
    if (!ofCaller || !isOfAccount) return ofCaller;
    return (await pace.place(`install ${host}`, HOST_CALLS_A_SECOND, HOST_AHEAD_MILLISECONDS)) !== null;
  }

  return {
    async receive(arrived, caller) {
      const { host, code } = arrived;
      if (!(await isWithinLimits(arrived, caller))) return null;
      const sealedCode = await ringSeal.seal(code, `arrival ${host}`);
      const { id } = await database
        .insertInto('arrival')
        .values({ host, sealedCode, crm: kits.at(host)?.crmAt(host) ?? null })
        .returning('id')
        .executeTakeFirstOrThrow();
      await wake();
      return id;
    },
    async fateOf(id) {
      const row = await database
        .selectFrom('arrival')
        .select(['host', 'outcome'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) return { kind: 'not-taken' };
      if (row.outcome === null) return { kind: 'waiting' };
      return row.outcome === CONNECTED ? { kind: 'connected', host: row.host } : { kind: 'not-taken' };
    },
    async exchangeAll(leaving) {
      const ofKit = async (kit: CrmKit): Promise<void> => {
        while (!leaving.aborted && (await exchangeNext(kit, leaving)));
      };
      await Promise.all(kits.all.map(ofKit));
    },
    async forget() {
      await database
        .updateTable('arrival')
        .set({ outcome: 'expired', sealedCode: '' })
        .where('outcome', 'is', null)
        .where('at', '<=', sql<Date>`now() - make_interval(mins => ${CODE_MINUTES})`)
        .execute();
      await database
        .deleteFrom('arrival')
        .where('at', '<=', sql<Date>`now() - make_interval(days => ${KEPT_DAYS})`)
        .execute();
    },
  };
}
