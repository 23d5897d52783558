/**
 * Works through the lanes, so that the chat service soon has every change of the CRM, whether or not a page is open. Every
 * instance runs a follower, and the database shares the lanes out among them.
 */
import { contactInLane } from '../claims/claim-lane.ts';
import type { Claims } from '../claims/claims.ts';
import { ChatRefused, ChatUnavailable } from '../chat/wazzup/asking.ts';
import { clientsOf } from '../chat/wazzup/clients.ts';
import type { CrmOf } from '../crm/by-account.ts';
import type { Crm } from '../crm/crm.ts';
import { CrmUnavailable } from '../crm/unanswered.ts';
import { inTime } from '../http/exchange.ts';
import type { Fetch } from '../http/fetch.ts';
import type { Database } from '../store/database.ts';
import type { Lane, Lanes } from '../store/lanes.ts';
import { sleep } from '../store/sleep.ts';
import type { AccountSeal } from '../store/account-seal.ts';
import { Refused } from '../http/refusal.ts';
import { followContact, followDeal, type Sides } from './client.ts';
import { answeredInstead, orRefused } from './answered-instead.ts';
import type { Copies, CopyName, Followed } from '../chat/copy.ts';
import { officeOf, type Office } from './office.ts';

export type Follower = {
  /**
   * Updates this one now, before everything else that is due, because a page waits for the answer. Null if it takes longer
   * than `patience`. Throws `Refused` if the CRM or the chat service does not answer. The lane is then processed later.
   */
  readonly now: (accountId: string, name: CopyName, patience: AbortSignal) => Promise<Followed | null>;
  /** Takes what is due and works on it. False when nothing was due. */
  readonly step: (leaving: AbortSignal) => Promise<boolean>;
  /** Runs until `leaving` aborts. */
  readonly run: (leaving: AbortSignal) => Promise<void>;
};

export type FollowerGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly lanes: Lanes;
  readonly copies: Copies;
  readonly crmOf: CrmOf;
  readonly fetch: Fetch;
  /** Of the chat service. */
  readonly api: string;
  readonly failed: (error: unknown) => void;
  readonly claims: Pick<Claims, 'look' | 'wake'>;
  /**
   * Ends a look before another worker may take its lane, so that a worker that was suspended writes nothing afterwards.
   */
  readonly bounded?:
    | (<T>(leaving: AbortSignal, look: (patience: AbortSignal) => Promise<T>) => Promise<T>)
    | undefined;
};

/** How many lanes at once, each of another account. */
const AT_ONCE = 16;
/**
 * So many of those serve all accounts in turn, so that urgent ones do not block what another instance has left behind.
 */
const FOR_OTHERS = 4;
const LOOK_MILLISECONDS = 200;
/** Several lanes end at about the same time, and one query then finds work for all of them. */
const GATHER_MILLISECONDS = 15;
const LOOK_AGAIN_MILLISECONDS = 100;
const WAKE_MILLISECONDS = 500;
const LATER_SECONDS = 5;
/** A worker has a lane for a minute, and its last request has to arrive within that time. */
export const LONGEST_LOOK_MILLISECONDS = 40_000;
/** How long to wait until the chat service is connected again, or access to the CRM is given. */
const CLOSED_SECONDS = 300;

export function createFollower(given: FollowerGiven): Follower {
  const { database, seal, lanes, copies, crmOf, fetch, api, failed } = given;
  const { bounded = (leaving, look) => inTime(LONGEST_LOOK_MILLISECONDS, leaving, look) } = given;

  const sidesOf = (
    accountId: string,
    crm: Pick<Crm, 'cards' | 'clients'>,
    { connection, ...office }: Office,
    leaving: AbortSignal,
  ): Sides => ({
    ...office,
    accountId,
    copies,
    crm: crm.clients(accountId, leaving),
    cards: crm.cards,
    chat: clientsOf(connection, { fetch, api, leaving }),
    hint: names => lanes.hint(accountId, names, 'live'),
  });

  /** The outcome; null while the account cannot be followed. Throws errors after the lane has recorded them. */
  async function lookAt(lane: Lane, leaving: AbortSignal): Promise<Followed | null> {
    try {
      return await bounded(leaving, async patience => {
        const claimed = contactInLane(lane.name);
        if (claimed !== null) {
          await given.claims.look(lane.accountId, claimed, patience);
          await lanes.done(lane);
          return null;
        }
        const office = await officeOf(database, seal, lane.accountId);
        if (!office) {
          await lanes.later(lane, CLOSED_SECONDS);
          return null;
        }
        const crm = await crmOf(lane.accountId);
        const found = await followOne(sidesOf(lane.accountId, crm, office, patience), lane.name);
        await lanes.done(lane);
        return found;
      });
    } catch (error) {
      if (error instanceof CrmUnavailable || error instanceof ChatUnavailable)
        await lanes.later(lane, LATER_SECONDS);
      // Names the failure, and nothing about the client.
      else await lanes.failed(lane, error instanceof ChatRefused ? error.message : 'The server failed');
      throw error;
    }
  }

  async function follow(lane: Lane, leaving: AbortSignal): Promise<void> {
    await lookAt(lane, leaving).catch((error: unknown) => {
      if (answeredInstead(error) === null) failed(error);
    });
  }

  return {
    async now(accountId, name, patience) {
      await lanes.hint(accountId, [name], 'live');
      while (!patience.aborted) {
        const lane = await lanes.takeOne(accountId, name);
        if (!lane) {
          await sleep(LOOK_AGAIN_MILLISECONDS, patience);
          continue;
        }
        const found = await orRefused(lookAt(lane, patience));
        if (!found) throw new Refused('CRM_NEEDS_REAUTH');
        return found;
      }
      return null;
    },
    async step(leaving) {
      await given.claims.wake();
      const taken = await lanes.take('0', AT_ONCE);
      await Promise.all(taken.map(lane => follow(lane, leaving)));
      return taken.length > 0;
    },
    async run(leaving) {
      /** By account, so that a CRM that does not answer delays only its own account. */
      const underWay = new Map<string, Promise<void>>();
      /** Accounts in which a page waits for a client, and has called this instance. */
      const pressing = new Set<string>();
      let hurry = new AbortController();
      const stopListening = lanes.listen(accountId => {
        pressing.add(accountId);
        hurry.abort();
      });
      let after = '0';
      const begin = (lane: Lane): void => {
        const ending = follow(lane, leaving)
          .catch(failed)
          .finally(() => underWay.delete(lane.accountId));
        underWay.set(lane.accountId, ending);
      };
      let lastWokenAt = 0;
      /** Claims have their own due times: a claim is processed when its page has been silent for too long. */
      async function wakeClaims(): Promise<void> {
        if (performance.now() - lastWokenAt < WAKE_MILLISECONDS) return;
        lastWokenAt = performance.now();
        await given.claims.wake();
      }
      async function takePressing(): Promise<void> {
        const free = Math.max(0, AT_ONCE - FOR_OTHERS - underWay.size);
        const accounts = [...pressing].filter(id => !underWay.has(id)).slice(0, free);
        if (accounts.length === 0) return;
        accounts.forEach(id => pressing.delete(id));
        const taken = await lanes.takeLive(accounts);
        // They may have more lanes that are due.
        taken.forEach(({ accountId }) => pressing.add(accountId));
        taken.forEach(begin);
      }
      async function takeOthers(): Promise<void> {
        const taken = await lanes.take(after, AT_ONCE - underWay.size, [...underWay.keys()]);
        taken.forEach(begin);
        after = taken.at(-1)?.accountId ?? after;
      }
      while (!leaving.aborted) {
        hurry = new AbortController();
        await wakeClaims().then(takePressing).then(takeOthers).catch(failed);
        const ended = new AbortController();
        const look = sleep(LOOK_MILLISECONDS, AbortSignal.any([leaving, hurry.signal, ended.signal]));
        await Promise.race([look, ...underWay.values()]);
        ended.abort();
        await sleep(GATHER_MILLISECONDS, leaving);
      }
      stopListening();
      await Promise.all(underWay.values());
    },
  };
}

function followOne(following: Sides, name: string): Promise<Followed> {
  const [kind, id = ''] = name.split(' ');
  return kind === 'contact' ? followContact(following, id) : followDeal(following, id);
}
