/**
 * Limits how many requests of one account a process answers at once, because their bodies are in memory and a flood of one
 * account must not harm the others. One person gets at most half of the account's places, so they cannot lock out their
 * colleagues.
 */
import { Refused } from './refusal.ts';

/** An office of four hundred people opens its cards within the same second, and each request takes a fraction of a second. */
const AT_ONCE = 64;

export type Crowd = {
  /** Runs `work`, or refuses with TOO_MANY_AT_ONCE. */
  readonly within: <T>(accountId: string, employeeId: string, work: () => Promise<T>) => Promise<T>;
};

export function createCrowd(atOnce = AT_ONCE): Crowd {
  const underWay = new Map<string, number>();
  const isFull = (name: string, most: number): boolean => (underWay.get(name) ?? 0) >= most;
  const enter = (name: string): void => void underWay.set(name, (underWay.get(name) ?? 0) + 1);
  function leave(name: string): void {
    const left = (underWay.get(name) ?? 1) - 1;
    if (left === 0) underWay.delete(name);
    else underWay.set(name, left);
  }
  return {
    async within(accountId, employeeId, work) {
      const [account, person] = [`account ${accountId}`, `person ${accountId} ${employeeId}`];
      if (isFull(account, atOnce) || isFull(person, atOnce / 2)) throw new Refused('TOO_MANY_AT_ONCE');
      [account, person].forEach(enter);
      try {
        return await work();
      } finally {
        [account, person].forEach(leave);
      }
    },
  };
}
