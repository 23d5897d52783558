/**
 * Reports that the server does not have yet, about claims that were or may have been written. They are stored in this
 * browser before the write is sent, so that a reload loses none. A report contains ids, a time and the texts to be written,
 * with people named by their ids. Each has its own key, so that two tabs never overwrite each other's.
 */
import { array, maxLength, nullable, number, picklist, pipe, string, type GenericSchema } from 'valibot';
import { object } from '../../http/object.ts';
import type { ClaimReport } from '../../account/claim.ts';
import { allowed, keysIn } from '../../browser/storage.ts';
import { storedRecord, type StoredRecord } from '../../browser/stored-record.ts';

export type StoredClaim = {
  readonly claim: ClaimReport;
  /** Milliseconds by this computer's clock. It may be wrong, so this is only compared with the same clock. */
  readonly keptAt: number;
};

/** The server ignores older claims. */
const MOST_AGE_MS = 24 * 3600_000;
/** Room for two long lists. */
const MOST = 100;
/** More than any card writes, so a longer text is not ours. */
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
const stored: GenericSchema<unknown, StoredClaim> = object({ claim, keptAt: number() });

export type StoredClaims = {
  /** In the order in which they were saved. */
  readonly all: () => readonly StoredClaim[];
  readonly save: (claim: ClaimReport) => void;
  readonly drop: (press: string) => void;
};

/** `storage` is called each time, because a browser may deny it. Then reports live only as long as the page. */
export function storedClaims(storage: () => Storage, key: string, now = Date.now): StoredClaims {
  const recordOf = (press: string): StoredRecord<StoredClaim> =>
    storedRecord(storage, `${key}:${press}`, stored);
  /** Reports that the browser refused to store. */
  const inMemory = new Map<string, StoredClaim>();
  /** Presses whose reports were dropped, in case the browser refused to delete them. */
  const dropped = new Set<string>();
  const read = (): readonly StoredClaim[] => {
    const keys = allowed(() => keysIn(storage(), name => name.startsWith(`${key}:`))) ?? [];
    const found = keys.flatMap(name => {
      const press = name.slice(key.length + 1);
      const one = recordOf(press).read();
      if (one?.claim.press === press && Math.abs(now() - one.keptAt) < MOST_AGE_MS) return one;
      recordOf(press).drop();
      return [];
    });
    return [...found.filter(one => !dropped.has(one.claim.press)), ...inMemory.values()].sort(
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
        // The older report must not come back after a reload.
        recordOf(press).drop();
        inMemory.set(press, one);
      }
      const all = read();
      all.slice(0, Math.max(0, all.length - MOST)).forEach(old => drop(old.claim.press));
    },
    drop,
  };
}
