/**
 * When the CRM repeats a hook and when it switches one off, according to its documentation. Pure; times are in
 * milliseconds.
 */

import type { Attempt, Outcome } from './courier.ts';

const MINUTE = 60_000;

/** How long an address may take to answer. */
export const PATIENCE = 2000;

/** A missing answer counts as code 0. */
const codeOf = (outcome: Outcome): number => (typeof outcome === 'number' ? outcome : 0);

export function isValid(outcome: Outcome): boolean {
  const code = codeOf(outcome);
  return code >= 100 && code <= 299;
}

const isServersFault = (code: number): boolean => code === 499 || (code >= 500 && code <= 599);

/** The waits before the second and third attempt, after any bad answer; then before two more, after a server error. */
const WAITS: readonly { readonly wait: number; readonly after: (code: number) => boolean }[] = [
  { wait: 5 * MINUTE, after: () => true },
  { wait: 15 * MINUTE, after: () => true },
  { wait: 15 * MINUTE, after: isServersFault },
  { wait: 60 * MINUTE, after: isServersFault },
];

/** The wait before the next attempt; undefined if there is none. */
export function waitAfter(attempts: readonly Attempt[]): number | undefined {
  const last = attempts.at(-1);
  if (!last || isValid(last.outcome)) return undefined;
  const next = WAITS[attempts.length - 1];
  return next?.after(codeOf(last.outcome)) ? next.wait : undefined;
}

const WINDOW = 120 * MINUTE;
const MOST_INVALID = 100;

/** True after more than a hundred bad answers within two hours, if the last answer is bad too. */
export function isSwitchedOff(answers: readonly Attempt[], now: number): boolean {
  const last = answers.at(-1);
  if (!last || isValid(last.outcome)) return false;
  const bad = answers.filter(({ at, outcome }) => at > now - WINDOW && !isValid(outcome));
  return bad.length > MOST_INVALID;
}
