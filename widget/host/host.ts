/**
 * What a CRM lends us. Views, models and rules know only these types; an adapter (host/amocrm/) owns ids,
 * paging, time-outs, wire shapes and the mapping of errors. Every id is a string here.
 *
 * The seam has two halves because a card must open without a request: `HostPage` answers at once from what
 * the page already holds, `HostRecords` asks the CRM's server and loads only when somebody needs it.
 */
import type { Employee } from '../domain/employee.ts';

/** Takes back what a call put up. */
export type Undo = () => void;

export type Place =
  | { readonly kind: 'settings' }
  | { readonly kind: 'contact'; readonly contactId: string }
  /** A card that the CRM has not saved yet: there is no contact that could have a responsible. */
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'elsewhere' };

export type Me = {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  /** As he wrote it into his profile; empty when the CRM tells none. */
  readonly phone: string;
};

export type HostPage = {
  readonly place: Place;
  readonly me: Me;
  readonly account: {
    readonly id: string;
    /** Two capital letters (ISO 3166-1). Decides how phone numbers are read. */
    readonly country: string;
  };
  readonly locale: string;
  readonly theme: () => 'light' | 'dark';
  readonly onTheme: (listener: () => void) => Undo;
  /** The responsible as the open card shows him. The page does not follow changes made elsewhere. */
  readonly shownOwner: () => string | null;
  readonly employee: (id: string) => Employee | undefined;
  /** Where a person sees the list of somebody's contacts. */
  readonly contactsOf: (employeeId: string) => string;
  /** Everybody the page knows, deactivated people too. */
  readonly employees: () => readonly Employee[];
  readonly isInstalled: () => boolean;
  /** Our own settings: the one string that the CRM keeps for us, up to 30 minutes old for everybody but its writer. */
  readonly ownSettings: () => string;
  /** Hands the CRM a new string to keep; the admin's press on the CRM's own Save keeps it. */
  readonly offerOwnSettings: (text: string) => void;
};

export type Contact = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  /** As people wrote them into the card. */
  readonly phones: readonly string[];
  /** Where a person opens it. */
  readonly address: string;
};

export type Pipeline = {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
};

/** A contact that got another responsible, and when: unix seconds by the CRM's clock. */
export type OwnerChange = { readonly contactId: string; readonly at: number };

/**
 * Every call throws a `Failure` (http/failure.ts) and nothing else.
 */
export type HostRecords = {
  /** All employees, for admins only. `onProgress` hears how many have come so far. */
  readonly employees: (options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (loaded: number) => void;
  }) => Promise<readonly Employee[]>;
  readonly pipelines: (signal?: AbortSignal) => Promise<readonly Pipeline[]>;
  /** Throws `missing` when there is no such contact or I may not see it. */
  readonly contact: (contactId: string, signal?: AbortSignal) => Promise<Contact>;
  /**
   * Makes the employee responsible for the contact. Never sent twice by us. A failure that is not an answer
   * (`no-answer`, `timeout`) leaves open whether it happened: read the contact to know.
   */
  readonly setOwner: (contactId: string, ownerId: string) => Promise<void>;
  /** Contacts that changed hands at that second or later, in no order. Not `complete`: there were more than we read. */
  readonly ownerChangesSince: (
    unixSeconds: number,
    options?: { readonly signal?: AbortSignal },
  ) => Promise<{ readonly changes: readonly OwnerChange[]; readonly complete: boolean }>;
  /** A short-lived signed statement of who I am, for the gateway. Names the one that was `refused`, to get another. */
  readonly proof: (refused?: string) => Promise<string>;
};
