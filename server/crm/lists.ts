/** Whole lists of one account. Half of a list would take people and clients for deleted, so it throws `CrmUnavailable` instead. */
import type { RecordKind } from './records.ts';

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
};
