import { allowed } from '../../allowed.ts';

/** One tab at a time: several tabs of a browser share an outbox, and none of its entries may be sent by two of them. */
export type TakeTurn = (name: string, work: () => Promise<void>) => Promise<boolean>;

/** Longer than the slowest follow-up takes. */
const LEASE_MS = 120_000;
/** In this time a tab that wrote its lease at the same moment has written it. */
const LOOK_AGAIN_MS = 50;

/** What is needed of the browser's `LockManager`. */
export type Locks = {
  readonly request: (
    name: string,
    options: { readonly ifAvailable: true },
    work: (lock: Lock | null) => Promise<boolean>,
  ) => Promise<boolean>;
};

type TurnNeeds = {
  readonly locks: Locks | undefined;
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
  const tab = `${now()}-${Math.random()}`;
  const byLease: TakeTurn = async (name, work) => {
    const key = nameOf(name);
    const lease = (): string => allowed(() => storage().getItem(key)) ?? '';
    const [, until = '0'] = lease().split(' ');
    if (now() < Number(until) && Number(until) <= now() + LEASE_MS) return false;
    // Without storage nobody shares anything either.
    if (allowed(() => (storage().setItem(key, `${tab} ${now() + LEASE_MS}`), true))) {
      await pause(LOOK_AGAIN_MS);
      if (!lease().startsWith(`${tab} `)) return false;
    }
    try {
      await work();
    } finally {
      // Where it cannot be taken away, the lease ends by itself.
      allowed(() => storage().removeItem(key));
    }
    return true;
  };
  if (!locks) return byLease;
  return async (name, work) => {
    let isBegun = false;
    try {
      return await locks.request(nameOf(name), { ifAvailable: true }, async lock => {
        isBegun = true;
        if (lock) await work();
        return lock !== null;
      });
    } catch (thrown) {
      // A sandboxed page has locks that refuse.
      if (isBegun) throw thrown;
      return byLease(name, work);
    }
  };
}
