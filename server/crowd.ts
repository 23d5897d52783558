/** How many requests of one account one process answers at once: their bodies are in memory, and a flood of one account harms no other. */
import { Refused } from './gateway/refusal.ts';

/** An office of four hundred opens its cards within the same second; each request takes a fraction of one. */
const AT_ONCE = 64;

export type Crowd = {
  /** Refuses with TOO_MANY_AT_ONCE. */
  readonly within: <T>(accountId: string, work: () => Promise<T>) => Promise<T>;
};

export function createCrowd(atOnce = AT_ONCE): Crowd {
  const underWay = new Map<string, number>();
  return {
    async within(accountId, work) {
      const others = underWay.get(accountId) ?? 0;
      if (others >= atOnce) throw new Refused('TOO_MANY_AT_ONCE');
      underWay.set(accountId, others + 1);
      try {
        return await work();
      } finally {
        const left = (underWay.get(accountId) ?? 1) - 1;
        if (left === 0) underWay.delete(accountId);
        else underWay.set(accountId, left);
      }
    },
  };
}
