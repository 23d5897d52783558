/** What can go wrong, and how often. */
import { randomFrom } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Accidents = {
  /** Share of requests of pages and server that are never answered, whether or not they were carried out. */
  readonly lostAnswers: number;
  /** Chance that a page dies between any two steps. */
  readonly deaths: number;
  /** Share of dead pages that never come back. */
  readonly neverBack: number;
  /** Share of hooks that are lost. */
  readonly lostHooks: number;
  /** The longest, in milliseconds. */
  readonly logLag: number;
  /** How late a page's write may arrive, in milliseconds. */
  readonly lateWrites: number;
  readonly doubledWrites: number;
  /** How late a page's request may reach the server, in milliseconds. */
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

/** The same for the same seed. */
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

/** Never resolves, so that nothing runs after a death. */
export const ended = (): Promise<never> => new Promise(() => undefined);
