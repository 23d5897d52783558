/**
 * Limits how much of the company's daily budget at the CRM the pages of one person may use, so that a page that never stops
 * asking does not use up the day for the company. Each request is paid for before it is sent. Requests that do not reach
 * the CRM have a separate limit.
 */
import type { Pace } from '../store/pace.ts';
import { sleep } from '../store/sleep.ts';
import { tooMany, type Whose } from './asking.ts';

/** Resolves when the request may be sent. Throws `Refused` with TOO_MANY_AT_ONCE if the wait is too long. */
export type Pay = (whose: Whose, tokens: number) => Promise<void>;

/** Unfolding a card costs about 60 tokens. So a person can unfold one card every 30 seconds, and five at once. */
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

/** Throws `Refused` with TOO_MANY_AT_ONCE if the person has asked too often. */
export type LookOften = (whose: Whose) => void;

/** An open page asks every five seconds, and a person may have several open. */
const LOOKS_A_SECOND = 2;
const LOOKS_AT_ONCE = 30;
const LOOK_AGAIN_SECONDS = 5;
const MOST_PEOPLE = 10_000;

/** Each process counts for itself, because writing a row would cost more than the request itself. */
export function lookingOften(now: () => Date): LookOften {
  /** For each person, the time at which their requests so far would end if they were spread evenly. */
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
