/** Possible accidents and their frequency. */
import { randomFrom } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Accidents = {
  /** Share of requests by pages and the server that are never answered, whether or not they were carried out. */
  readonly lostAnswers: number;
  /** Probability that a page dies between two steps. */
  readonly deaths: number;
  /** Share of dead pages that never return. */
  readonly neverBack: number;
  /** Share of lost hooks. */
  readonly lostHooks: number;
  /** The longest delay of the log, in milliseconds. */
  readonly logLag: number;
  /** The longest delay of a page's write, in milliseconds. */
  readonly lateWrites: number;
  readonly doubledWrites: number;
  /** The longest delay of a page's request to the server, in milliseconds. */
  readonly lateQuestions: number;
  /** The longest pause between two steps, in milliseconds. */
  readonly sleep: number;
  /** Share of pages that cannot reach the server for some minutes. */
  readonly outOfReach: number;
};
export const CALM: Accidents = {
  lostAnswers: 0,
  deaths: 0,
  neverBack: 0,
  lostHooks: 0,
  logLag: 0,
  lateWrites: 0,
  doubledWrites: 0,
  lateQuestions: 0,
  sleep: 0,
  outOfReach: 0,
};

const THROUGH_MS = [20, 300] as const;

export type Chance = ReturnType<typeof chanceOf>;

/** Deterministic for a given seed. */
export function chanceOf(seed: number, time: VirtualTime) {
  const random = randomFrom(seed);
  const between = ([least, most]: readonly [number, number]): number => least + random() * (most - least);
  return {
    random,
    between,
    happens: (chance: number): boolean => chance > 0 && random() < chance,
    /** One way through the network, in milliseconds. */
    way: (): number => between(THROUGH_MS),
    network: (): Promise<void> => time.wait(between(THROUGH_MS)),
  };
}

/** Never resolves, so that nothing continues after a death. */
export const ended = (): Promise<never> => new Promise(() => undefined);
