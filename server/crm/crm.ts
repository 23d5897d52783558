/**
 * The CRM of each account, as the server asks it: the interface that each adapter implements (amocrm/, pipedrive/).
 * Other rooms import this folder's own files and no adapter, so another CRM is another folder.
 */
import type { CrmActing } from './acting.ts';
import type { CrmCards } from './cards.ts';
import type { CrmChanges } from './changes.ts';
import type { CrmClients } from './clients.ts';
import type { CrmHooks } from './hooks.ts';
import type { CrmLists } from './lists.ts';
import type { CrmOwners, OwnerEvent } from './owners.ts';
import type { CrmRecords } from './records.ts';
import type { CrmTaking } from './taking.ts';
import type { CrmTasks } from './tasks.ts';

/** Requests are aborted with `leaving`. */
export type Crm = {
  readonly clients: (accountId: string, leaving: AbortSignal) => CrmClients;
  /** `sparing`: throws `BudgetKept` when little of the day's budget is left, so that people can use it. */
  readonly lists: (accountId: string, leaving: AbortSignal, how?: { readonly sparing: boolean }) => CrmLists;
  readonly records: (accountId: string) => CrmRecords;
  readonly acting: (accountId: string, leaving: AbortSignal) => CrmActing;
  readonly owners: (
    accountId: string,
    given: {
      /** The employee in whose name the server writes. Null while the account has no grant. */
      readonly grantOwner: () => Promise<string | null>;
      /** Changes of a contact's owner since then that came with hooks. */
      readonly fromHooks: (contactId: string, sinceSeconds: number) => Promise<readonly OwnerEvent[]>;
      readonly leaving: AbortSignal;
    },
  ) => CrmOwners;
  readonly tasks: (accountId: string, leaving: AbortSignal) => CrmTasks;
  /** Absent if our page in the CRM writes as the person. */
  readonly taking?: (accountId: string, leaving: AbortSignal) => CrmTaking;
  readonly cards: CrmCards;
  readonly changes: CrmChanges;
  readonly hooks: CrmHooks;
  /** Null if the CRM cannot be asked. */
  readonly isAdministrator: (
    accountId: string,
    employeeId: string,
    patience: AbortSignal,
  ) => Promise<boolean | null>;
  /** Whether the CRM still accepts a grant of the account. Null if it cannot be asked. */
  readonly letsIn: (accountId: string, leaving: AbortSignal) => Promise<boolean | null>;
};
