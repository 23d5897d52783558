/**
 * Whole lists of one account. Half of a list would take people and clients for deleted, so every call throws `CrmUnavailable`
 * where a list does not come whole, and `BudgetKept` where it was asked to spare the account's budget and little is left.
 */
import type { RecordKind } from './records.ts';

/** Where reading costs an account nothing, its lists are read so often. */
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
  /** Of a deal; none of a contact. */
  readonly contactIds: readonly string[];
  /** Of a deal that was neither won nor lost. */
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
  /** How long to wait before these lists are read again, after what has been read here: where an account pays, they cost it. */
  readonly restSeconds: () => number;
};
