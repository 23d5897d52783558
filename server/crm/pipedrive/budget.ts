/**
 * Each company has a number of tokens a day for all of its apps together, and each request costs some. Once they are used up,
 * the CRM answers everything with 429 until its midnight, and shuts out clients that go on asking.
 *
 * The headers that tell what is left are not documented, and an answer may lack them. Everything read from them is here.
 */
import type { DaysBudget } from '../api.ts';

const WHOLE = 'x-daily-ratelimit-token-limit';
const LEFT = 'x-daily-ratelimit-token-remaining';
/** A longer wait than this is about the day, a shorter one about the moment. */
const LONG_SECONDS = 60;
/** How long nothing is asked when the CRM does not say until when. */
const USUAL_SECONDS = 300;
/** One seat on the smallest plan: what a company has at least. */
export const SMALLEST_BUDGET = 30_000;

/** How many seconds to ask nothing because the day's budget is used up; null for any other answer. */
export function budgetGoneFor({ status, headers }: Pick<Response, 'status' | 'headers'>): number | null {
  if (status !== 429) return null;
  const reset = secondsIn(headers);
  if (headers.get(LEFT) === '0') return Math.max(reset, USUAL_SECONDS);
  return reset > LONG_SECONDS ? reset : null;
}

/** After how many seconds the CRM says that it can be asked again; 0 where it does not say. */
export function secondsIn(headers: Headers): number {
  const seconds = Number(headers.get('Retry-After') ?? headers.get('x-ratelimit-reset'));
  return seconds > 0 && seconds < 86_400 * 2 ? Math.ceil(seconds) : 0;
}

/** Empty where the answer does not tell. */
export function daysBudgetIn(headers: Headers): { readonly budget?: DaysBudget } {
  const [whole, left] = [numberIn(headers, WHOLE), numberIn(headers, LEFT)];
  return whole === null || left === null || whole < SMALLEST_BUDGET ? {} : { budget: { whole, left } };
}

const numberIn = (headers: Headers, name: string): number | null => {
  const text = headers.get(name) ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
};
