/**
 * Calls of the CRM to an integration's own addresses: about installing, uninstalling and sharing. Each is sent once.
 */
import type { Clock } from './clock.ts';
import type { Outcome } from './courier.ts';

export type Call = {
  readonly kind: 'install' | 'disable' | 'uninstall' | 'sharing';
  readonly address: URL;
  readonly at: number;
  /** Undefined while the call is in progress. */
  outcome: Outcome | undefined;
};

/** Resolves to the status, or rejects. */
type Send = (address: URL, signal: AbortSignal) => Promise<number>;

export type Calls = {
  readonly all: readonly Call[];
  readonly make: (kind: Call['kind'], address: URL | Promise<URL>, send: Send) => Promise<void>;
  readonly settled: () => Promise<void>;
};

/** In milliseconds. */
const PATIENCE = 3000;

export function createCalls(clock: Clock): Calls {
  const all: Call[] = [];
  const underWay = new Set<Promise<void>>();
  const carryOut = async (call: Call, send: Send): Promise<void> => {
    const leaving = new AbortController();
    call.outcome = await Promise.race([
      send(call.address, leaving.signal).catch((): Outcome => 'refused'),
      clock.wait(PATIENCE).then((): Outcome => 'too-slow'),
    ]);
    leaving.abort();
  };
  const begin = async (kind: Call['kind'], address: URL | Promise<URL>, send: Send): Promise<void> => {
    const call: Call = { kind, address: await address, at: clock.now(), outcome: undefined };
    all.push(call);
    await carryOut(call, send);
  };
  return {
    all,
    make(kind, address, send) {
      const work = begin(kind, address, send).finally(() => underWay.delete(work));
      underWay.add(work);
      return work;
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}
