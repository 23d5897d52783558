/** Where claims are stored. Every call concerns one account and is atomic. `due` spans all accounts. */
import type { Claim, ClaimRequest, ClaimState, ClaimReport, ClientClaims, GrantAnswer } from './claim.ts';
import type { Ledger } from './judge.ts';

export type JudgedClient = {
  readonly ledger: Ledger;
  /** Version of the ledger that was judged. If it has changed since, nothing is saved and the client is due at once. */
  readonly version: number;
  /** The new state of each press whose state changed. */
  readonly states: ReadonlyMap<string, Exclude<ClaimState, 'open'>>;
  /** When the client is due next, unless an earlier time is set already. Milliseconds since the epoch; null: never. */
  readonly lookAt: number | null;
};

export type ClaimStore = {
  /** Grants each client to this person unless a colleague has it. `now`: milliseconds since the epoch. */
  readonly grant: (
    accountId: string,
    employeeId: string,
    asked: readonly ClaimRequest[],
    now: number,
  ) => Promise<readonly GrantAnswer[]>;
  /** Saves what a page reports about its writes, whether or not it asked for a grant. Throws `TOO_MANY_AT_ONCE`. */
  readonly report: (
    accountId: string,
    employeeId: string,
    reports: readonly ClaimReport[],
    now: number,
  ) => Promise<void>;
  /**
   * Saves the first report about a press that was granted. Returns false and saves nothing when the press was already reported
   * as written or unknown, or is a colleague's. Of several requests with the same press, only one continues.
   */
  readonly reportFirst: (
    accountId: string,
    employeeId: string,
    report: ClaimReport,
    now: number,
  ) => Promise<boolean>;
  /** Null when the client has no recent claim. */
  readonly of: (accountId: string, contactId: string) => Promise<ClientClaims | null>;
  readonly saveJudgement: (accountId: string, contactId: string, settled: JudgedClient) => Promise<void>;
  /** Makes the client due at this time at the latest. Milliseconds since the epoch. */
  readonly lookAgain: (accountId: string, contactId: string, at: number) => Promise<void>;
  /** Saves a repair before the server writes it, and its state afterwards. */
  readonly saveRepair: (accountId: string, contactId: string, repair: Claim) => Promise<void>;
  /**
   * Queues a look at each client that is due, and returns these clients. The statement that clears a client's due time also
   * queues the look, so a process that dies loses none.
   */
  readonly due: (
    now: number,
  ) => Promise<readonly { readonly accountId: string; readonly contactId: string }[]>;
};
