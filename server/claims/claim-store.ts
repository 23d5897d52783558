/** Where claims are kept. Every call is about one account, and is done whole or not at all. */
import type { Claim, ClaimRequest, ClaimState, ClaimReport, ClientClaims, GrantAnswer } from './claim.ts';
import type { Ledger } from './judge.ts';

export type JudgedClient = {
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
    asked: readonly ClaimRequest[],
    now: number,
  ) => Promise<readonly GrantAnswer[]>;
  /** Notes what became of a press, also of one that was never asked for. */
  readonly report: (
    accountId: string,
    employeeId: string,
    told: readonly ClaimReport[],
    now: number,
  ) => Promise<void>;
  /** Null where nobody has claimed the client lately. */
  readonly of: (accountId: string, contactId: string) => Promise<ClientClaims | null>;
  readonly saveJudgement: (accountId: string, contactId: string, settled: JudgedClient) => Promise<void>;
  /** Not later than then, in milliseconds since the epoch. */
  readonly lookAgain: (accountId: string, contactId: string, at: number) => Promise<void>;
  /** Notes what the server is about to write by itself. */
  readonly saveRepair: (accountId: string, contactId: string, repair: Claim) => Promise<void>;
  /** Those that are to be looked at by now, each once: "501". */
  readonly due: (
    now: number,
  ) => Promise<readonly { readonly accountId: string; readonly contactId: string }[]>;
};
