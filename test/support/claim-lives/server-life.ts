/** The server that processes the client, one step at a time, on any living instance. */
import type { ClaimStore } from '../../../server/claims/claim-store.ts';
import type { judge } from '../../../server/claims/judge.ts';
import { lookAtClient } from '../../../server/claims/look.ts';
import type { CrmOwners, KnownOwners, OwnerEvent } from '../../../server/crm/owners.ts';
import { ended, type Accidents, type Chance } from './chance.ts';
import type { CrmLife, Write } from './crm-life.ts';
import type { VirtualTime } from './virtual-time.ts';

export const CONTACT = '501';
export const ACCOUNT = '1';
/** The employee in whose name the server writes. */
export const SERVICE = '1';
/** How long to wait for a lost answer. */
export const ANSWER_MS = 15_000;

/** Reads the log as another CRM's adapter does, from what has reached the server so far. */
export type LogOf = (
  reached: { readonly writes: readonly Write[]; readonly ownerId: string | null; readonly now: number },
  sinceSeconds: number,
  known: KnownOwners,
) => Promise<readonly OwnerEvent[]>;

export type ServerLife = ReturnType<typeof serverLife>;

export function serverLife(
  { happens, network, random }: Chance,
  given: {
    readonly time: VirtualTime;
    readonly store: ClaimStore;
    readonly accidents: Accidents;
    readonly crm: Pick<CrmLife, 'owner' | 'log' | 'readable' | 'write'>;
    readonly judge?: typeof judge | undefined;
    readonly logOf?: LogOf | undefined;
  },
) {
  const { time, store, accidents, crm } = given;
  let instance = 0;
  let isUp = true;
  let isLooking = false;
  let isWanted = false;
  let fights = 0;
  let repairs = 0;
  const isMine = (mine: number): boolean => mine === instance;

  async function asked<T>(mine: number, answer: () => T | Promise<T>): Promise<T> {
    await network();
    if (!isMine(mine)) return ended();
    const answered = await answer();
    await network();
    if (!isMine(mine)) return ended();
    if (happens(accidents.lostAnswers)) {
      await time.wait(ANSWER_MS);
      throw new Error('No answer');
    }
    return answered;
  }
  const crmFor = (mine: number): CrmOwners => ({
    ownerOf: () => asked(mine, () => ({ ownerId: crm.owner() })),
    ownerLog: (_, since, known) =>
      asked<readonly OwnerEvent[]>(mine, () => {
        if (!given.logOf) return crm.readable(since);
        return given.logOf({ writes: crm.log(), ownerId: crm.owner(), now: time.now() }, since, known);
      }),
    writesAs: async () => SERVICE,
    setOwner: (_, to) =>
      asked(mine, () => {
        crm.write(SERVICE, to, { kind: 'repair' });
        return true;
      }),
  });
  const surviving = (mine: number): ClaimStore => ({
    ...store,
    of: (...one) => (isMine(mine) ? store.of(...one) : ended()),
    saveJudgement: (...settled) => (isMine(mine) ? store.saveJudgement(...settled) : ended()),
    saveRepair: (...repair) => (isMine(mine) ? store.saveRepair(...repair) : ended()),
  });
  async function looks(mine: number): Promise<void> {
    isLooking = true;
    do {
      isWanted = false;
      await lookAtClient(
        {
          store: surviving(mine),
          crm: crmFor(mine),
          accountId: ACCOUNT,
          now: time.now,
          newPress: () => `repair ${(repairs += 1)}`,
          async fought() {
            fights += 1;
          },
          ...(given.judge && { judge: given.judge }),
        },
        CONTACT,
      ).catch(() => time.at(1000, hint));
    } while (isWanted && isMine(mine));
    if (isMine(mine)) isLooking = false;
  }
  function hint(): void {
    isWanted = true;
    if (isUp && !isLooking) void looks(instance);
  }
  return {
    hint,
    fights: () => fights,
    kill(ms: number): void {
      instance += 1;
      isUp = false;
      isLooking = false;
      time.at(ms, () => {
        isUp = true;
        hint();
      });
    },
    /** Runs a call with the network's delays both ways. */
    async reached<T>(isReachable: boolean, act: () => Promise<T>): Promise<T> {
      await network();
      if (!isReachable || !isUp) throw new Error('Nobody answers');
      const isLost = happens(accidents.lostAnswers);
      if (isLost && random() < 0.5) throw new Error('Lost on its way');
      const answered = await act();
      await network();
      if (isLost) throw new Error('The answer was lost');
      return answered;
    },
    /** Processes the client whenever it is due. */
    async timers(ms: number): Promise<void> {
      const begun = time.now();
      for (let age = 0; age < ms; age = time.now() - begun) {
        await time.wait(age < 90_000 ? 1000 : 10_000);
        if (isUp && (await store.due(time.now())).length > 0) hint();
      }
    },
  };
}
