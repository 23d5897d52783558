/**
 * What a CRM provides, as one `HostKit`. Views, models and rules know only these types. An adapter such as host/amocrm/
 * owns ids, paging, timeouts, wire formats and the mapping of errors. Every id is a string here.
 *
 * The interface has two halves because a card must open without a request: `HostPage` answers immediately from what the
 * page already contains, `HostRecords` asks the CRM's server and is loaded only when needed.
 */
import type { Deal } from '../../domain/deal.ts';
import type { Employee } from '../../domain/employee.ts';
import type { Listed } from '../http/listed.ts';

/** Undoes what a call set up. */
export type Dispose = () => void;

/** A position in the page: inside `parent`, right after `after`, or at the end if that is null. */
export type Slot = { readonly parent: Element; readonly after: Element | null };

export type Place =
  | { readonly kind: 'settings' }
  /** `dealId`: the card is a deal's, and the page names the deal's client. */
  | { readonly kind: 'contact'; readonly contactId: string; readonly dealId?: string }
  /** The page does not name the deal's client, so the CRM's server is asked. */
  | { readonly kind: 'deal'; readonly dealId: string }
  /** A card that the CRM has not saved yet, so there is no contact that could have an owner. */
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'elsewhere' };

export type Me = {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  /** As written in their profile; empty if the CRM has none. */
  readonly phone: string;
};

/**
 * Who will no longer see a client in the CRM after a change of the owner, as far as the page can tell. `former-group`: the
 * former owner and their group.
 */
export type Hidden = 'nobody' | 'me' | 'former-owner' | 'former-group';

export type HostPage = {
  readonly place: Place;
  /** The person who uses the page at this moment. */
  readonly me: Me;
  readonly account: {
    readonly id: string;
    /** Two capital letters (ISO 3166-1). Decides how phone numbers are parsed. */
    readonly country: string;
  };
  readonly locale: string;
  /** Scheme and host of the CRM's pages. */
  readonly origin: string;
  readonly theme: () => 'light' | 'dark';
  readonly onTheme: (listener: () => void) => Dispose;
  /** The owner that the open card shows. The page does not follow changes made elsewhere. */
  readonly shownOwner: () => string | null;
  /**
   * Calls the listener when something about this contact has changed elsewhere, as far as the CRM notifies its pages.
   * What has changed is not said.
   */
  readonly onChange: (contactId: string, listener: () => void) => Dispose;
  /**
   * Tells the page that it already shows a change that it made itself, so that `onChange` does not report it. `stamp`:
   * our server's name for the change. Absent if the CRM itself notifies its pages of changes.
   */
  readonly knowChange?: (contactId: string, stamp: string) => void;
  readonly employee: (id: string) => Employee | undefined;
  /** Address of the list of an employee's contacts. */
  readonly contactsOf: (employeeId: string) => string;
  /** Address of the card of a contact or a deal. */
  readonly cardOf: (kind: 'contact' | 'deal', id: string) => string;
  /** All employees that the page knows, including deactivated ones. */
  readonly employees: () => readonly Employee[];
  /** Who will no longer see this client after a change of the owner. Absent if the CRM hides no clients in that way. */
  readonly hiddenBy?: (fromId: string, toId: string) => Hidden;
  readonly isInstalled: () => boolean;
  /** Address where a person grants our server access to the CRM, if that is not the server's usual page. */
  readonly allowAddress?: string;
  /**
   * Our own settings: the one string that the CRM stores for us. It may be 30 minutes old for everyone but the person
   * who wrote it. Empty if the CRM stores none.
   */
  readonly ownSettings: () => string;
  /**
   * Gives the CRM a new string to store. It is stored when the admin presses the CRM's own Save. Absent if the CRM
   * stores none; then the server is the one that the page came from.
   */
  readonly offerOwnSettings?: (text: string) => void;
};

export type Contact = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  /** As people typed them into the card. */
  readonly phones: readonly string[];
  /** Empty if the CRM does not send them with the contact. */
  readonly dealIds: readonly string[];
  /** Address of its card. */
  readonly address: string;
  /** When it was read, in Unix seconds by the CRM's clock. */
  readonly readAt: number;
};

export type Pipeline = {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
};

/** A change of a contact's owner. `before` and `after` are `null` if the CRM names no owner. */
export type OwnerChange = {
  readonly id: string;
  readonly contactId: string;
  /** Unix seconds by the CRM's clock. */
  readonly at: number;
  /** The person who made the change; `null` for a robot. */
  readonly by: string | null;
  readonly before: string | null;
  readonly after: string | null;
};

/** A task about a contact. */
export type Task = {
  readonly id: string;
  readonly contactId: string;
  /** The employee who has to do it. */
  readonly forId: string;
  /** The employee who created it. */
  readonly fromId: string;
  readonly text: string;
};

export type EmployeesProgress = {
  readonly loaded: number;
  /** The total number; `null` if the CRM does not send it. */
  readonly of: number | null;
  /** The employees in the part that has just arrived. */
  readonly more: readonly Employee[];
};

/** Every call throws a `Failure` (http/failure.ts) and nothing else. */
export type HostRecords = {
  /**
   * All employees, for admins only. `onProgress` is called with the employees loaded so far, because large accounts
   * arrive in many parts.
   */
  readonly employees: (options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: EmployeesProgress) => void;
  }) => Promise<Listed<Employee>>;
  readonly pipelines: (signal?: AbortSignal) => Promise<Listed<Pipeline>>;
  /** Throws `missing` if the contact does not exist or I may not see it. */
  readonly contact: (contactId: string, signal?: AbortSignal) => Promise<Contact>;
  /**
   * Makes the employee the contact's owner. We never send the request twice. After a failure that is not an answer
   * (`no-answer`, `timeout`), the change may or may not have happened: read the contact to find out. `isDue` is called
   * right before the request. If it returns false, nothing is sent and the call fails as `cancelled`.
   */
  readonly setOwner: (contactId: string, ownerId: string, isDue?: () => boolean) => Promise<void>;
  /**
   * Owner changes of these contacts in the event log since that second, in no particular order. A change may appear in
   * the log some time after it was made.
   */
  readonly ownerChangesOf: (
    contactIds: readonly string[],
    unixSeconds: number,
    signal?: AbortSignal,
  ) => Promise<readonly OwnerChange[]>;
  /** Those of these contacts that I may see, in no particular order. */
  readonly contacts: (contactIds: readonly string[], signal?: AbortSignal) => Promise<readonly Contact[]>;
  /** `setOwner` for many contacts at once. Returns the ids of those that were changed, as far as the CRM names them. */
  readonly setOwners: (
    contactIds: readonly string[],
    ownerId: string,
    isDue?: () => boolean,
  ) => Promise<readonly string[]>;
  /**
   * Deals of a contact that was just read, at least the open ones, as far as I may see them. Deleted deals are left
   * out.
   */
  readonly dealsOf: (
    contact: Pick<Contact, 'id' | 'dealIds'>,
    signal?: AbortSignal,
  ) => Promise<readonly Deal[]>;
  /** The clients of a deal, the main one first, as far as I may see them. Throws `missing` if I may not see the deal. */
  readonly clientsOf: (dealId: string, signal?: AbortSignal) => Promise<readonly Contact[]>;
  /**
   * Like `setOwner`, this is idempotent, and its outcome is unknown after a failure that is not an answer. If one deal
   * is refused, the call fails although other deals may have been changed: read them to find out.
   */
  readonly setDealOwners: (dealIds: readonly string[], ownerId: string) => Promise<void>;
  /** The latest notes of a contact, newest first. */
  readonly notes: (contactId: string) => Promise<readonly { readonly text: string; readonly byId: string }[]>;
  /** Not idempotent: read `tasks` before sending it again. `dueAt`: Unix seconds. */
  readonly addTask: (task: Omit<Task, 'id' | 'fromId'> & { readonly dueAt: number }) => Promise<void>;
  /** The open tasks about a contact. */
  readonly tasks: (contactId: string, signal?: AbortSignal) => Promise<readonly Task[]>;
  readonly completeTask: (taskId: string, result: string) => Promise<void>;
  /** A short-lived signed statement of who I am, for the gateway. Pass the one that was `refused` to get a new one. */
  readonly proof: (refused?: string) => Promise<string>;
};

/** After `closed` is aborted, no more requests are sent. */
export type OpenRecords = (closed?: AbortSignal) => HostRecords;

/** A window above the CRM's page, for a part of ours that needs more room than the page has. */
export type Elsewhere = (
  what: 'roles',
  /** Passed to our page in the window, in its address: ids and single words. */
  told: Readonly<Record<string, string>>,
) => Promise<'closed' | 'not-opened'>;

/** The same window, for our page in it. */
export type OwnWindow = {
  /** A value that the opener passed. It is not signed. Empty if it is missing. */
  readonly told: (name: string) => string;
  readonly close: () => void;
};

/**
 * Everything that a CRM provides on one page, passed to the composition root (app/). Another CRM needs only another
 * kit.
 */
export type HostKit = {
  readonly page: HostPage;
  /** Texts that the CRM has loaded with the page, enough for what a card shows at first. */
  readonly firstWords: object;
  /** Loaded separately, because a card that is never used does not need it. */
  readonly loadRecords: () => Promise<OpenRecords>;
  /** Resolves when the window is closed, by the person or by our page. Absent if the CRM has no such windows. */
  readonly openElsewhere?: Elsewhere;
};

/** Where a card's views go: a line that is always visible, and a body that the CRM folds. */
export type CardSlots = {
  readonly caption: Slot;
  readonly body: Slot;
  /** Calls the listener when the CRM unfolds or folds the body. */
  readonly onVisible: (listener: (isVisible: boolean) => void) => Dispose;
};

/** The CRM's settings window. It changes under us, because Install replaces parts of it without notice. */
export type SettingsFrame = {
  /** The CRM's own name for the state of the installation. When it changes, the panel is drawn again. */
  readonly status: () => string;
  /** Makes room for the panel. */
  readonly slot: () => Slot;
  readonly holds: (slot: Slot) => boolean;
  readonly onChange: (listener: () => void) => Dispose;
};
