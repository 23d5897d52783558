/**
 * Claims that were written, or may have been, and of which the server has not heard: kept in this browser before anything is
 * sent, so that a reload loses none. Ids, a time and the words to be written; people in them by their ids. Each has a key of
 * its own, so that two tabs never overwrite each other's.
 */
import { array, maxLength, nullable, number, picklist, pipe, string, type GenericSchema } from 'valibot';
import { object } from '../../http/object.ts';
import type { ClaimReport } from '../../account/claim.ts';
import { allowed, keysIn } from '../../browser/storage.ts';
import { storedRecord, type StoredRecord } from '../../browser/stored-record.ts';

export type StoredClaim = {
  readonly claim: ClaimReport;
  /** Milliseconds by this computer's clock, which may be wrong: compared with nothing but itself. */
  readonly keptAt: number;
};

/** The server remembers no older ones. */
const MOST_AGE_MS = 24 * 3600_000;
/** Two long lists. */
const MOST = 100;
/** More than any card puts in: what is larger is not ours. */
const MOST_CHARACTERS = 10_000;
const MOST_DEALS = 500;

const text = pipe(string(), maxLength(MOST_CHARACTERS));
const claim: GenericSchema<unknown, ClaimReport> = object({
  press: string(),
  contact: string(),
  base: nullable(string()),
  to: string(),
  plan: object({
    deals: nullable(pipe(array(object({ id: string(), fromId: nullable(string()) })), maxLength(MOST_DEALS))),
    note: nullable(text),
    task: nullable(object({ forId: string(), text })),
    answer: nullable(object({ taskId: string(), text })),
    undoes: nullable(string()),
  }),
  at: number(),
  outcome: picklist(['written', 'unknown', 'stopped']),
});
const kept: GenericSchema<unknown, StoredClaim> = object({ claim, keptAt: number() });

export type StoredClaims = {
  /** In the order of keeping. */
  readonly all: () => readonly StoredClaim[];
  readonly save: (claim: ClaimReport) => void;
  readonly drop: (press: string) => void;
};

/** `storage` is asked for each time, because a browser may refuse to hand it out: then they live as long as the page. */
export function storedClaims(storage: () => Storage, key: string, now = Date.now): StoredClaims {
  const recordOf = (press: string): StoredRecord<StoredClaim> =>
    storedRecord(storage, `${key}:${press}`, kept);
  /** Those that the browser did not take. */
  const inMemory = new Map<string, StoredClaim>();
  /** Told, but the browser did not let them go. */
  const dropped = new Set<string>();
  const read = (): readonly StoredClaim[] => {
    const keys = allowed(() => keysIn(storage(), name => name.startsWith(`${key}:`))) ?? [];
    const stored = keys.flatMap(name => {
      const press = name.slice(key.length + 1);
      const one = recordOf(press).read();
      if (one?.claim.press === press && Math.abs(now() - one.keptAt) < MOST_AGE_MS) return one;
      recordOf(press).drop();
      return [];
    });
    return [...stored.filter(one => !dropped.has(one.claim.press)), ...inMemory.values()].sort(
      (one, other) => one.keptAt - other.keptAt,
    );
  };
  const drop = (press: string): void => {
    inMemory.delete(press);
    dropped.add(press);
    recordOf(press).drop();
  };
  return {
    all: read,
    save(claim) {
      const { press } = claim;
      const one = { claim, keptAt: now() };
      dropped.delete(press);
      if (recordOf(press).write(one)) inMemory.delete(press);
      else {
        // An older state must not come back with the next page.
        recordOf(press).drop();
        inMemory.set(press, one);
      }
      const all = read();
      all.slice(0, Math.max(0, all.length - MOST)).forEach(old => drop(old.claim.press));
    },
    drop,
  };
}
