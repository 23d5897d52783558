/** Many runs of one scenario, and their results. */
import type { ClaimStore } from '../../../server/claims/claim-store.ts';
import type { judge } from '../../../server/claims/judge.ts';
import { createLife } from './lives.ts';
import type { Scenario } from './scenarios.ts';
import { ACCOUNT, CONTACT, type LogOf } from './server-life.ts';
import { virtualTime } from './virtual-time.ts';

export type Ended = {
  /** Seeds of runs that ended with a wrong owner. */
  readonly wrong: readonly number[];
  /** Runs in which a person saw a wrong verdict. */
  readonly untrue: readonly number[];
  /** Wrong runs in which a person wrote without a grant and never returned, so that the server cannot know. */
  readonly unheard: readonly number[];
};

export type Changed = {
  readonly judge?: typeof judge;
  readonly store?: (store: ClaimStore) => ClaimStore;
  readonly logOf?: LogOf;
};

export async function lived(
  { accidents, owner, play }: Scenario,
  given: Changed & {
    readonly lives: number;
    readonly firstSeed?: number;
    /** A store for an account and a client that no other run uses. */
    readonly newStore: () => Promise<ClaimStore>;
  },
): Promise<Ended> {
  const ended = { wrong: [] as number[], untrue: [] as number[], unheard: [] as number[] };
  const { firstSeed = 1, store: change = (one: ClaimStore) => one } = given;
  for (let seed = firstSeed; seed < firstSeed + given.lives; seed += 1) {
    const { store, quiet } = watched(change(await given.newStore()));
    const time = virtualTime(quiet);
    const life = createLife({ time, store, seed, accidents, owner, judge: given.judge, logOf: given.logOf });
    play(life, time);
    await life.rest();
    const { owner: rightful, counted } = life.crm.truth();
    const claims = new Map((await store.of(ACCOUNT, CONTACT))?.claims.map(one => [one.press, one.state]));
    const isUnheard = [...counted.keys()].some(press => !claims.has(press));
    if (life.crm.owner() !== rightful) (isUnheard ? ended.unheard : ended.wrong).push(seed);
    const isUntrue = [...counted].some(
      ([press, counts]) => claims.has(press) && (claims.get(press) === 'stands') !== counts,
    );
    if (isUntrue && !isUnheard) ended.untrue.push(seed);
  }
  return ended;
}

/** Virtual time stands still while the store works. */
function watched(store: ClaimStore): { readonly store: ClaimStore; readonly quiet: () => Promise<void> } {
  const working = new Set<Promise<unknown>>();
  const watch =
    <Asked extends readonly unknown[], T>(work: (...asked: Asked) => Promise<T>) =>
    (...asked: Asked): Promise<T> => {
      const job = work(...asked);
      working.add(job);
      return job.finally(() => working.delete(job));
    };
  return {
    store: {
      grant: watch(store.grant),
      report: watch(store.report),
      reportFirst: watch(store.reportFirst),
      of: watch(store.of),
      saveJudgement: watch(store.saveJudgement),
      lookAgain: watch(store.lookAgain),
      saveRepair: watch(store.saveRepair),
      due: watch(store.due),
    },
    async quiet() {
      do {
        await Promise.allSettled(working);
        await new Promise(resolve => setImmediate(resolve));
      } while (working.size > 0);
    },
  };
}
