/**
 * The CRM of each account, as the server asks it: the seam that a CRM's adapter fills (amocrm/). The rooms above know this
 * folder's own files and no adapter, so that another CRM is another folder.
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

/** What is asked besides ends with `leaving`. */
export type Crm = {
  readonly clients: (accountId: string, leaving: AbortSignal) => CrmClients;
  /** `sparing`: leaves to people what little an account may have left of the day's questions. */
  readonly lists: (accountId: string, leaving: AbortSignal, how?: { readonly sparing: boolean }) => CrmLists;
  readonly records: (accountId: string) => CrmRecords;
  readonly acting: (accountId: string, leaving: AbortSignal) => CrmActing;
  readonly owners: (
    accountId: string,
    given: {
      /** As whom the server writes; null while nobody lets it in. */
      readonly giver: () => Promise<string | null>;
      /** What hooks have told of a contact's owners since then. */
      readonly told: (contactId: string, sinceSeconds: number) => Promise<readonly OwnerEvent[]>;
      readonly leaving: AbortSignal;
    },
  ) => CrmOwners;
  readonly tasks: (accountId: string, leaving: AbortSignal) => CrmTasks;
  /** Absent where the CRM's own page writes in the person's name. */
  readonly taking?: (accountId: string, leaving: AbortSignal) => CrmTaking;
  readonly cards: CrmCards;
  readonly changes: CrmChanges;
  readonly hooks: CrmHooks;
  /** Null where the CRM cannot be asked. */
  readonly isAdministrator: (
    accountId: string,
    employeeId: string,
    patience: AbortSignal,
  ) => Promise<boolean | null>;
  /** Whether it still takes a grant of the account; null where it cannot be asked. */
  readonly letsIn: (accountId: string, leaving: AbortSignal) => Promise<boolean | null>;
};
