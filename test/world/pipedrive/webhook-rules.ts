/** When a webhook is repeated, and when its address is banned. Pure; times are in milliseconds. */
import type { Attempt, Outcome } from '../courier.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** How long an address may take to answer. */
export const PATIENCE = 10 * SECOND;

export const isValid = (outcome: Outcome): boolean =>
  typeof outcome === 'number' && outcome >= 200 && outcome <= 299;

const WAITS = [3 * SECOND, 30 * SECOND, 150 * SECOND];

export const waitAfter = (attempts: readonly Attempt[]): number | undefined => WAITS[attempts.length - 1];

/** The record of an address. */
export type Standing = {
  /** Events whose first attempt failed, since the last ban. */
  failures: number;
  bannedUntil: number;
  /** The time since which every attempt has failed; null while attempts succeed. */
  failingSince: number | null;
};

export const newStanding = (): Standing => ({ failures: 0, bannedUntil: 0, failingSince: null });

const FAILURES_TO_BAN = 10;
const BAN = 30 * 60 * SECOND;
const FAILING_DAYS = 3;

/** Updates the standing after one attempt. Returns whether the webhook must be deleted. */
export function judged(standing: Standing, { at, outcome }: Attempt, isFirst: boolean): boolean {
  if (isValid(outcome)) {
    standing.failingSince = null;
    return false;
  }
  standing.failingSince ??= at;
  if (isFirst) standing.failures += 1;
  if (standing.failures >= FAILURES_TO_BAN) {
    Object.assign(standing, { failures: 0, bannedUntil: at + BAN });
  }
  return at - standing.failingSince >= FAILING_DAYS * DAY;
}
