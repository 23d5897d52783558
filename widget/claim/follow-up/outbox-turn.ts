/** One tab at a time: several tabs of a browser share an outbox, and none of its entries may be sent by two of them. */
export type TakeTurn = (name: string, work: () => Promise<void>) => Promise<boolean>;

/** Longer than the slowest follow-up takes. */
const LEASE_MS = 120_000;
/** In this time a tab that wrote its lease at the same moment has written it. */
const LOOK_AGAIN_MS = 50;

type TurnNeeds = {
  readonly locks: LockManager | undefined;
  readonly storage: () => Storage;
  /** Of this account and person. */
  readonly scope: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
};

/** Does the work and answers true, or false at once when another tab is at it. */
export function turns({ locks, storage, scope, now, pause }: TurnNeeds): TakeTurn {
  const nameOf = (name: string): string => `crm-chat-roles:turn:${scope}:${name}`;
  if (locks) {
    return (name, work) =>
      locks.request(nameOf(name), { ifAvailable: true }, async lock => {
        if (lock) await work();
        return lock !== null;
      });
  }
  const tab = `${now()}-${Math.random()}`;
  return async (name, work) => {
    const key = nameOf(name);
    try {
      const [, until = '0'] = (storage().getItem(key) ?? '').split(' ');
      if (now() < Number(until) && Number(until) <= now() + LEASE_MS) return false;
      storage().setItem(key, `${tab} ${now() + LEASE_MS}`);
      await pause(LOOK_AGAIN_MS);
      if (!storage().getItem(key)?.startsWith(`${tab} `)) return false;
    } catch {
      // Without storage nobody shares anything either.
    }
    try {
      await work();
    } finally {
      try {
        storage().removeItem(key);
      } catch {
        // The lease ends by itself.
      }
    }
    return true;
  };
}
