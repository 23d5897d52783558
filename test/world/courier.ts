/**
 * Messages on their way to external addresses: a state machine on the world's clock. A carrier takes each to its
 * address. The sender defines what a good answer is and when a message is repeated.
 *
 * An address gets one message at a time and in order, so that tests are deterministic. The real services promise
 * neither: tests that want lost, repeated, late or overtaken messages ask for them.
 */
import type { Clock } from './clock.ts';

/** What happens to the next posted message. */
export type Mishap =
  | 'lost' // it is never sent
  | 'doubled' // it is sent twice
  | 'late' // it is sent after `lateMs` of the oddities
  | 'overtaken'; // it is sent after the message that follows it

/** A status, or the reason why there is none. */
export type Outcome = number | 'refused' | 'too-slow';
export type Attempt = { readonly at: number; readonly outcome: Outcome };

export type Parcel<Content> = {
  readonly id: number;
  readonly destination: string;
  readonly content: Content;
  readonly attempts: Attempt[];
  dueAt: number;
  state:
    | 'waiting'
    | 'held' // until the next one has been sent
    | 'under-way'
    | 'delivered'
    | 'given-up'
    | 'lost'
    | 'called-off'; // sending to that address is no longer allowed
};

/** May reject if the address does not answer. */
export type Carry<Content> = (parcel: Parcel<Content>, signal: AbortSignal) => Promise<number>;

type Rules<Content> = {
  /** How long an address may take to answer, in milliseconds. */
  readonly patience: number;
  readonly isValid: (outcome: Outcome) => boolean;
  /** Milliseconds until the next attempt; undefined for none. */
  readonly waitAfter: (attempts: readonly Attempt[]) => number | undefined;
  readonly maySendTo: (destination: string) => boolean;
  readonly carry: () => Carry<Content> | undefined;
  readonly lateMs: () => number;
  /** Called after each attempt. */
  readonly attempted: (parcel: Parcel<Content>) => void;
};

export type Courier<Content> = {
  readonly all: readonly Parcel<Content>[];
  readonly post: (destination: string, content: Content, waits?: number) => void;
  /** Applies to the next messages, one after another. */
  readonly mishap: (mishap: Mishap, times?: number) => void;
  readonly mishaps: () => readonly Mishap[];
  /** Sends every message that is due. */
  readonly send: () => void;
  /**
   * Resolves when no message is in progress or due. For an address that never answers, the clock must first reach the
   * timeout.
   */
  readonly settled: () => Promise<void>;
  /** When the next message is due. */
  readonly nextDue: () => number | undefined;
};

export function createCourier<Content>(clock: Clock, rules: Rules<Content>): Courier<Content> {
  const all: Parcel<Content>[] = [];
  const underWay = new Set<Promise<void>>();
  let mishaps: Mishap[] = [];

  const attempt = async (parcel: Parcel<Content>, carry: Carry<Content>): Promise<void> => {
    const at = clock.now();
    const leaving = new AbortController();
    const outcome = await Promise.race([
      carry(parcel, leaving.signal).catch((): Outcome => 'refused'),
      clock.wait(rules.patience).then((): Outcome => 'too-slow'),
    ]);
    leaving.abort();
    parcel.attempts.push({ at, outcome });
    const wait = rules.isValid(outcome) ? undefined : rules.waitAfter(parcel.attempts);
    parcel.state = rules.isValid(outcome) ? 'delivered' : wait === undefined ? 'given-up' : 'waiting';
    parcel.dueAt = clock.now() + (wait ?? 0);
    rules.attempted(parcel);
    for (const held of all) {
      if (held.state === 'held' && held.id < parcel.id && held.destination === parcel.destination) {
        Object.assign(held, { state: 'waiting', dueAt: clock.now() });
      }
    }
    if (wait !== undefined) wakeIn(wait);
  };

  const sendTo = (destination: string, carry: Carry<Content>): void => {
    const here = all.filter(one => one.destination === destination);
    if (here.some(one => one.state === 'under-way')) return;
    const [next] = here
      .filter(one => one.state === 'waiting' && one.dueAt <= clock.now())
      .sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
    if (!next) return;
    next.state = 'under-way';
    const work = attempt(next, carry).finally(() => {
      underWay.delete(work);
      send();
    });
    underWay.add(work);
  };

  const send = (): void => {
    const open = all.filter(one => one.state === 'waiting' || one.state === 'held');
    for (const one of open) if (!rules.maySendTo(one.destination)) one.state = 'called-off';
    const carry = rules.carry();
    if (carry) new Set(open.map(one => one.destination)).forEach(destination => sendTo(destination, carry));
  };
  const wakeIn = (milliseconds: number): void => void clock.wait(milliseconds).then(send);

  return {
    all,
    post(destination, content, waits = 0) {
      const mishap = mishaps.shift();
      const wait = mishap === 'late' ? rules.lateMs() : waits;
      for (let copies = mishap === 'doubled' ? 2 : 1; copies > 0; copies -= 1) {
        all.push({
          id: all.length + 1,
          destination,
          content,
          attempts: [],
          dueAt: clock.now() + wait,
          state: mishap === 'lost' ? 'lost' : mishap === 'overtaken' ? 'held' : 'waiting',
        });
      }
      if (wait > 0) wakeIn(wait);
      send();
    },
    mishap(mishap, times = 1) {
      mishaps = [...mishaps, ...Array.from({ length: times }, () => mishap)];
    },
    mishaps: () => mishaps,
    send,
    async settled() {
      send();
      while (underWay.size > 0) {
        await Promise.all(underWay);
        send();
      }
    },
    nextDue() {
      const times = all.filter(one => one.state === 'waiting').map(one => one.dueAt);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
  };
}
