/**
 * What one person's pages may use of their company's daily budget at the CRM: a page that asks without end uses up nobody's day.
 * Each request is paid for before anything is asked. What asks the CRM nothing has a bound of its own.
 */
import type { Pace } from '../store/pace.ts';
import { sleep } from '../store/sleep.ts';
import { tooMany, type Whose } from './asking.ts';

/** Waits for its turn. Throws `Refused` with TOO_MANY_AT_ONCE. */
export type Pay = (whose: Whose, tokens: number) => Promise<void>;

/** A card that is unfolded costs some sixty: one each half a minute, all day long, and five at once. */
const TOKENS_A_SECOND = 2;
const TOKENS_AT_ONCE = 300;
const WAIT_MILLISECONDS = 2_000;

export const payingIn =
  (pace: Pace): Pay =>
  async ({ accountId, employeeId }, tokens) => {
    const place = await pace.place(
      `pass ${accountId} ${employeeId}`,
      TOKENS_A_SECOND / tokens,
      WAIT_MILLISECONDS,
      TOKENS_AT_ONCE / tokens,
    );
    if (place === null) throw tooMany('TOO_MANY_AT_ONCE', WAIT_MILLISECONDS / 1000);
    await sleep(place);
  };

/** Throws `Refused` with TOO_MANY_AT_ONCE. */
export type LookOften = (whose: Whose) => void;

/** A page that is open looks every five seconds, and a person has several. */
const LOOKS_A_SECOND = 2;
const LOOKS_AT_ONCE = 30;
const LOOK_AGAIN_SECONDS = 5;
const MOST_PEOPLE = 10_000;

/** Counted by each process for itself: a row that is written would cost more than the look. */
export function lookingOften(now: () => Date): LookOften {
  /** When each person's looks so far are over, if they are spread evenly. */
  const until = new Map<string, number>();
  return ({ accountId, employeeId }) => {
    const person = `${accountId} ${employeeId}`;
    const time = now().getTime();
    const spread = Math.max(until.get(person) ?? 0, time);
    if (spread - time >= (LOOKS_AT_ONCE / LOOKS_A_SECOND) * 1000)
      throw tooMany('TOO_MANY_AT_ONCE', LOOK_AGAIN_SECONDS);
    if (until.size >= MOST_PEOPLE) until.clear();
    until.set(person, spread + 1000 / LOOKS_A_SECOND);
  };
}
