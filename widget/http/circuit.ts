/**
 * Spares a service that does not answer. After so many failures in a row it is left alone for a while, longer each time;
 * then one request goes first and finds out. A person who has just pressed something is never held back.
 */
export type Circuit = {
  /** For how long nobody should ask, in milliseconds. */
  readonly rest: () => number;
  readonly heard: (isAlive: boolean) => void;
};

const MOST_FAILURES = 6;
const FIRST_REST_MS = 5000;
const LONGEST_REST_MS = 60_000;

export function createCircuit(now: () => number, isPressed: () => boolean): Circuit {
  let failures = 0;
  let restsUntil = 0;
  return {
    rest() {
      if (failures < MOST_FAILURES || isPressed()) return 0;
      const left = restsUntil - now();
      if (left <= 0) restsUntil = now() + FIRST_REST_MS;
      return Math.max(left, 0);
    },
    heard(isAlive) {
      failures = isAlive ? 0 : failures + 1;
      restsUntil = now() + Math.min(FIRST_REST_MS * 2 ** (failures - MOST_FAILURES), LONGEST_REST_MS);
    },
  };
}

/** A press counts for the seconds that browsers let it count; where they do not tell, everything counts as one. */
export const isPressed = (): boolean => globalThis.navigator?.userActivation?.isActive ?? true;

/** Where nobody tells, the computer has a network. */
export const isOnline = (): boolean => globalThis.navigator?.onLine ?? true;
