/**
 * What one person's pages may use of their company's daily budget at the CRM: a page that asks without end uses up nobody's day.
 * Each request is paid for before anything is asked.
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
