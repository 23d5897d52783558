/** Where claims are kept. Every call is about one account, and is done whole or not at all. */
import type { Claim, ClaimAsked, ClaimState, ClaimTold, ClientClaims, GrantAnswer } from './claim.ts';
import type { Ledger } from './judge.ts';

export type Settled = {
  readonly ledger: Ledger;
  /** Of the ledger that was judged: one that has begun anew meanwhile stays, and is looked at again at once. */
  readonly version: number;
  /** Whose state has become another. */
  readonly states: ReadonlyMap<string, Exclude<ClaimState, 'open'>>;
  /** When to look at the client next unless somebody wants it sooner, in milliseconds since the epoch; null: never. */
  readonly lookAt: number | null;
};

export type ClaimStore = {
  /** Keeps each client for this person, unless somebody else has it. `now`: milliseconds since the epoch. */
  readonly grant: (
    accountId: string,
    employeeId: string,
    asked: readonly ClaimAsked[],
    now: number,
  ) => Promise<readonly GrantAnswer[]>;
  /** Notes what became of a press, also of one that was never asked for. */
  readonly tell: (
    accountId: string,
    employeeId: string,
    told: readonly ClaimTold[],
    now: number,
  ) => Promise<void>;
  /** Null where nobody has claimed the client lately. */
  readonly of: (accountId: string, contactId: string) => Promise<ClientClaims | null>;
  readonly settle: (accountId: string, contactId: string, settled: Settled) => Promise<void>;
  /** Not later than then, in milliseconds since the epoch. */
  readonly lookAgain: (accountId: string, contactId: string, at: number) => Promise<void>;
  /** Notes what the server is about to write by itself. */
  readonly repairing: (accountId: string, contactId: string, repair: Claim) => Promise<void>;
  /** Those that are to be looked at by now, each once: "501". */
  readonly due: (
    now: number,
  ) => Promise<readonly { readonly accountId: string; readonly contactId: string }[]>;
};
