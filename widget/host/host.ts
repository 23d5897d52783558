/**
 * What a CRM lends us, as one `HostKit`. Views, models and rules know only these types; an adapter (host/amocrm/) owns ids,
 * paging, time-outs, wire shapes and the mapping of errors. Every id is a string here.
 *
 * The seam has two halves because a card must open without a request: `HostPage` answers at once from what
 * the page already holds, `HostRecords` asks the CRM's server and loads only when somebody needs it.
 */
import type { Deal } from '../../domain/deal.ts';
import type { Employee } from '../../domain/employee.ts';
import type { Listed } from '../http/listed.ts';

/** Takes back what a call put up. */
export type Dispose = () => void;

/** A place in the page: inside `parent`, right behind `after` or at its end. */
export type Slot = { readonly parent: Element; readonly after: Element | null };

export type Place =
  | { readonly kind: 'settings' }
  /** `dealId`: the card is a deal's, and the page tells whose client the deal is about. */
  | { readonly kind: 'contact'; readonly contactId: string; readonly dealId?: string }
  /** The page does not tell whose client a deal is about: the CRM's server does. */
  | { readonly kind: 'deal'; readonly dealId: string }
  /** A card that the CRM has not saved yet: there is no contact that could have a responsible. */
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'elsewhere' };

export type Me = {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  /** As it stands in their profile; empty when the CRM tells none. */
  readonly phone: string;
};

export type HostPage = {
  readonly place: Place;
  /** Whoever the page belongs to at this moment. */
  readonly me: Me;
  readonly account: {
    readonly id: string;
    /** Two capital letters (ISO 3166-1). Decides how phone numbers are read. */
    readonly country: string;
  };
  readonly locale: string;
  /** Scheme and host of the CRM's pages. */
  readonly origin: string;
  readonly theme: () => 'light' | 'dark';
  readonly onTheme: (listener: () => void) => Dispose;
  /** The responsible as the open card shows them. The page does not follow changes made elsewhere. */
  readonly shownOwner: () => string | null;
  /**
   * Calls back when something about this contact has changed elsewhere, as far as the CRM tells its pages. It does not say
   * what.
   */
  readonly onChange: (contactId: string, listener: () => void) => Dispose;
  readonly employee: (id: string) => Employee | undefined;
  /** Where a person sees the list of somebody's contacts. */
  readonly contactsOf: (employeeId: string) => string;
  /** Where a person opens a contact or a deal. */
  readonly cardOf: (kind: 'contact' | 'deal', id: string) => string;
  /** Everybody the page knows, deactivated people too. */
  readonly employees: () => readonly Employee[];
  readonly isInstalled: () => boolean;
  /** Where people let our server into the CRM, where that is not the server's usual page. */
  readonly allowAddress?: string;
  /**
   * Our own settings: the one string that the CRM keeps for us, up to 30 minutes old for everybody but its writer. Empty
   * where the CRM keeps none.
   */
  readonly ownSettings: () => string;
  /**
   * Hands the CRM a new string to keep; the admin's press on the CRM's own Save keeps it. Absent where the CRM keeps none: the
   * server is the one that the page came from.
   */
  readonly offerOwnSettings?: (text: string) => void;
};

export type Contact = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  /** As people wrote them into the card. */
  readonly phones: readonly string[];
  /** Empty where the CRM does not tell them with the contact. */
  readonly dealIds: readonly string[];
  /** Where a person opens it. */
  readonly address: string;
  /** When this was read: unix seconds by the CRM's clock. */
  readonly readAt: number;
};

export type Pipeline = {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
};

/** A contact that got another responsible. `null`: the CRM names nobody. */
export type OwnerChange = {
  readonly id: string;
  readonly contactId: string;
  /** Unix seconds by the CRM's clock. */
  readonly at: number;
  /** Who did it; `null` for a robot. */
  readonly by: string | null;
  readonly before: string | null;
  readonly after: string | null;
};

/** Something that somebody has to do about a contact. */
export type Task = {
  readonly id: string;
  readonly contactId: string;
  /** Who is to do it. */
  readonly forId: string;
  /** Who asked for it. */
  readonly fromId: string;
  readonly text: string;
};

export type EmployeesProgress = {
  readonly loaded: number;
  /** How many there are; `null` where the CRM does not tell. */
  readonly of: number | null;
  /** Who has come just now. */
  readonly more: readonly Employee[];
};

/**
 * Every call throws a `Failure` (http/failure.ts) and nothing else.
 */
export type HostRecords = {
  /** All employees, for admins only. `onProgress` hears of those who have come so far; large accounts come in many parts. */
  readonly employees: (options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: EmployeesProgress) => void;
  }) => Promise<Listed<Employee>>;
  readonly pipelines: (signal?: AbortSignal) => Promise<Listed<Pipeline>>;
  /** Throws `missing` when there is no such contact or I may not see it. */
  readonly contact: (contactId: string, signal?: AbortSignal) => Promise<Contact>;
  /**
   * Makes the employee responsible for the contact. Never sent twice by us. A failure that is not an answer
   * (`no-answer`, `timeout`) leaves open whether it happened: read the contact to know. `isDue` is asked right before it
   * is sent; if it says no, nothing is, and the call fails as `cancelled`.
   */
  readonly setOwner: (contactId: string, ownerId: string, isDue?: () => boolean) => Promise<void>;
  /**
   * What the event log shows of these contacts since that second, in no order. Somebody's write may show there
   * a while after it was recorded.
   */
  readonly ownerChangesOf: (
    contactIds: readonly string[],
    unixSeconds: number,
    signal?: AbortSignal,
  ) => Promise<readonly OwnerChange[]>;
  /** Those of them that I may see, in no order. */
  readonly contacts: (contactIds: readonly string[], signal?: AbortSignal) => Promise<readonly Contact[]>;
  /** `setOwner` for many at once. Names those that were recorded, as far as the CRM tells. */
  readonly setOwners: (
    contactIds: readonly string[],
    ownerId: string,
    isDue?: () => boolean,
  ) => Promise<readonly string[]>;
  /** Deals of a contact who was just read, open ones at least, as far as I may see them. Deleted ones are left out. */
  readonly dealsOf: (
    contact: Pick<Contact, 'id' | 'dealIds'>,
    signal?: AbortSignal,
  ) => Promise<readonly Deal[]>;
  /** A deal and its clients, the main one first. */
  readonly deal: (
    dealId: string,
    signal?: AbortSignal,
  ) => Promise<{ readonly deal: Deal; readonly contactIds: readonly string[] }>;
  /**
   * Like `setOwner`: idempotent, and open after a failure that is no answer. One refused deal refuses the call, though others
   * of them may have changed hands: read them to know.
   */
  readonly setDealOwners: (dealIds: readonly string[], ownerId: string) => Promise<void>;
  /** The latest notes of a contact, newest first. */
  readonly notes: (contactId: string) => Promise<readonly { readonly text: string; readonly byId: string }[]>;
  /** Not idempotent: read `tasks` before it is sent again. `dueAt`: unix seconds. */
  readonly addTask: (task: Omit<Task, 'id' | 'fromId'> & { readonly dueAt: number }) => Promise<void>;
  /** What is still to be done about a contact. */
  readonly tasks: (contactId: string, signal?: AbortSignal) => Promise<readonly Task[]>;
  readonly completeTask: (taskId: string, result: string) => Promise<void>;
  /** A short-lived signed statement of who I am, for the gateway. Names the one that was `refused`, to get another. */
  readonly proof: (refused?: string) => Promise<string>;
};

/** Once `closed` is aborted, nothing more is asked. */
export type OpenRecords = (closed?: AbortSignal) => HostRecords;

/** A window above the CRM's page, for a part of ours that needs more room than the page has. */
export type Elsewhere = (
  what: 'roles',
  /** Handed to our page in the window, in its address: ids and single words. */
  told: Readonly<Record<string, string>>,
) => Promise<'closed' | 'not-opened'>;

/** The same window, for our page in it. */
export type OwnWindow = {
  /** What its opener has handed over. Unsigned; empty where it is missing. */
  readonly told: (name: string) => string;
  readonly close: () => void;
};

/** All that a CRM lends us on one page, handed to the composition root (app/). Another CRM is another kit and no change there. */
export type HostKit = {
  readonly page: HostPage;
  /** What the CRM has loaded with the page: the words of a card's first face. */
  readonly firstWords: object;
  /** Apart, because a card that nobody reaches for needs none of it. */
  readonly loadRecords: () => Promise<OpenRecords>;
  /** Ends when the window is closed, whoever closes it. Absent where the CRM has no such windows. */
  readonly openElsewhere?: Elsewhere;
};

/** Where a card's views go: a line that always shows, and a body that the CRM folds. */
export type CardSlots = {
  readonly caption: Slot;
  readonly body: Slot;
  /** Calls back when the CRM unfolds or folds the body. */
  readonly onVisible: (listener: (isVisible: boolean) => void) => Dispose;
};

/** The CRM's settings window, which changes under us: Install replaces parts of it without telling. */
export type SettingsFrame = {
  /** The CRM's own word for the state of the installation. When it changes, the panel is drawn anew. */
  readonly status: () => string;
  /** Makes room for the panel. */
  readonly slot: () => Slot;
  readonly holds: (slot: Slot) => boolean;
  readonly onChange: (listener: () => void) => Dispose;
};
