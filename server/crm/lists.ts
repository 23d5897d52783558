/**
 * Whole lists of one account. People and clients that are missing in a list count as deleted, so every call throws
 * `CrmUnavailable` if a list is incomplete, and `BudgetKept` if it spares the account's budget and little is left.
 */
import type { RecordKind } from './records.ts';

/** How often lists are read if reading them costs nothing. */
export const HOUR_SECONDS = 3600;

export type CrmUser = {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
};
export type CrmRecord = {
  readonly id: string;
  readonly responsibleId: string;
  readonly phones: readonly string[];
  /** The contacts of a deal; empty for a contact. */
  readonly contactIds: readonly string[];
  /** True for a deal that was neither won nor lost. */
  readonly isOpen: boolean;
};
export type CrmPipeline = {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
};

export type CrmLists = {
  readonly users: () => Promise<readonly CrmUser[]>;
  readonly records: (kind: RecordKind) => Promise<readonly CrmRecord[]>;
  readonly pipelines: () => Promise<readonly CrmPipeline[]>;
  /** How long to wait before the lists are read again, by what reading them has cost the account. */
  readonly restSeconds: () => number;
};
