/**
 * Each company has a daily number of tokens for all of its apps, and each request costs some. When they are used up, the
 * CRM answers all requests with 429 until its midnight, and blocks clients that continue to ask.
 *
 * The headers with the remaining tokens are not documented and may be missing. They are read only here.
 */
import type { DaysBudget } from '../api.ts';

const WHOLE = 'x-daily-ratelimit-token-limit';
const LEFT = 'x-daily-ratelimit-token-remaining';
/** A longer wait concerns the daily budget, a shorter one the limit for a few seconds. */
const LONG_SECONDS = 60;
/** How long no requests are sent if the CRM gives no time. */
const USUAL_SECONDS = 300;
/** The budget of one seat on the smallest plan. Every company has at least this. */
export const SMALLEST_BUDGET = 30_000;

/** For how many seconds to send no requests because the daily budget is used up. Null for any other answer. */
export function budgetGoneFor({ status, headers }: Pick<Response, 'status' | 'headers'>): number | null {
  if (status !== 429) return null;
  const reset = secondsIn(headers);
  if (headers.get(LEFT) === '0') return Math.max(reset, USUAL_SECONDS);
  return reset > LONG_SECONDS ? reset : null;
}

/** The budget of a day ends at midnight, and clocks differ by minutes. */
const LONGEST_SECONDS = 25 * 3600;

/** After how many seconds the CRM can be asked again, according to the CRM. 0 if it does not say. */
export function secondsIn(headers: Headers): number {
  const named = ['Retry-After', 'x-ratelimit-reset'].map(name => Number(headers.get(name)));
  return Math.ceil(named.find(seconds => seconds > 0 && seconds <= LONGEST_SECONDS) ?? 0);
}

/** Empty if the answer does not contain it. */
export function daysBudgetIn(headers: Headers): { readonly budget?: DaysBudget } {
  const [whole, left] = [numberIn(headers, WHOLE), numberIn(headers, LEFT)];
  return whole === null || left === null || whole < SMALLEST_BUDGET ? {} : { budget: { whole, left } };
}

const numberIn = (headers: Headers, name: string): number | null => {
  const text = headers.get(name) ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
};
