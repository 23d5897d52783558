/** What can go wrong, and how often. */
import { randomFrom } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Accidents = {
  /** Of requests of pages and of the server: never answered, though done or not. */
  readonly lostAnswers: number;
  /** Between any two steps of a page. */
  readonly deaths: number;
  /** Of those who died: never seen again. */
  readonly neverBack: number;
  /** Of hooks. */
  readonly lostHooks: number;
  /** At most, milliseconds. */
  readonly logLag: number;
  /** A write of a page may arrive as late as that, milliseconds. */
  readonly lateWrites: number;
  readonly doubledWrites: number;
  /** A question of a page may reach the server as late as that, milliseconds. */
  readonly lateQuestions: number;
  /** Between any two steps, at most, milliseconds. */
  readonly sleep: number;
  /** Of pages that cannot reach the server for some minutes. */
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
    /** One way through the network, milliseconds. */
    way: (): number => between(THROUGH_MS),
    network: (): Promise<void> => time.wait(between(THROUGH_MS)),
  };
}

/** Whoever was killed goes on with nothing. */
export const ended = (): Promise<never> => new Promise(() => undefined);
