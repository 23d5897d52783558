/**
 * How many requests of one account one process answers at once: their bodies are in memory, and a flood of one account harms no
 * other. One person has half of their account's places, so nobody shuts out their colleagues.
 */
import { Refused } from './refusal.ts';

/** An office of four hundred opens its cards within the same second; each request takes a fraction of one. */
const AT_ONCE = 64;

export type Crowd = {
  /** Refuses with TOO_MANY_AT_ONCE. */
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
