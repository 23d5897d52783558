/** Counts requests by the world's clock and says when there are too many. */
import type { Clock } from '../world/clock.ts';

export type Limiter = { readonly isFull: () => boolean };

/** Allows `most` requests in any period of that length; refused ones do not count. */
export function slidingLimiter(clock: Clock, most: number, milliseconds: number): Limiter {
  let times: number[] = [];
  return {
    isFull() {
      const now = clock.now();
      times = times.filter(time => time > now - milliseconds);
      if (times.length >= most) return true;
      times.push(now);
      return false;
    },
  };
}

/** Allows `most` requests in each window; the count restarts with the next one. */
export function windowLimiter(clock: Clock, most: number, milliseconds: number): Limiter {
  let window = 0;
  let count = 0;
  return {
    isFull() {
      const current = Math.floor(clock.now() / milliseconds);
      count = current === window ? count + 1 : 1;
      window = current;
      return count > most;
    },
  };
}
