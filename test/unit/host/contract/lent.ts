/** A CRM for the tests of host.ts: what a page provides for one person, and access to the emulated CRM behind it. */
import type { HostPage, HostRecords } from '../../../../widget/host/host.ts';

/** Abilities in host.ts that a CRM may lack. */
export type Ability =
  /** Several deals, or several contacts, are changed by one request. */
  | 'changes-many-at-once'
  /** The CRM itself notifies its pages of changes. Elsewhere our page polls our server (watching.test.tsx). */
  | 'pushes-changes';

/** What happens to one write. All but the last two happen before anything is written. */
export type Mishap =
  | 'unauthorized'
  | 'unpaid'
  | 'forbidden-json'
  | 'no-rights-244'
  | 'too-many'
  | 'server-error'
  /** The connection breaks between the page and the server that it asks. */
  | 'cut'
  /** The write is carried out, but its answer cannot be read. */
  | 'broken-json';

/** The place of our page in the CRM, and what is special about it. */
export type Opening = {
  readonly contactId?: string;
  readonly dealId?: string;
  /** What the account's admins have set. */
  readonly own?: object;
  /** The list of employees lacks even the person who uses the page. */
  readonly isListBroken?: boolean;
};

export type Lent = {
  readonly records: HostRecords;
  /** Opens a page of ours, by default in the settings. */
  readonly open: (opening?: Opening) => Promise<HostPage>;
  /** The person switches the CRM's theme while the page is open. */
  readonly switchTheme: (theme: 'light' | 'dark') => void;
  /** Reports to the open page that something about the contact has changed. */
  readonly push: (contactId: string) => void;
  /** Origin of the CRM's pages. */
  readonly origin: string;
  readonly rename: (employeeId: number, name: string) => void;
  /** "METHOD address" of each request that the page sent for its records. */
  readonly asked: readonly string[];
  /** Unix seconds by the CRM's clock. */
  readonly now: () => number;
  readonly pass: (seconds: number) => void;
  readonly openContact: (draft: {
    readonly name?: string;
    readonly phones?: readonly string[];
    readonly ownerId: number;
  }) => string;
  readonly openDeal: (draft: {
    readonly title?: string;
    readonly contactIds: readonly string[];
    readonly ownerId: number;
  }) => string;
  readonly deleteContact: (id: string) => void;
  /** From now on, only the owner sees it. */
  readonly hideContact: (id: string) => void;
  readonly deleteDeal: (id: string) => void;
  readonly hideDeal: (id: string) => void;
  readonly winDeal: (id: string) => void;
  /** The person who uses the page may see other people's records, but not give them away. */
  readonly withoutRight: () => void;
  /** By hand, in the CRM's own page. */
  readonly assign: (byId: number, contactId: string, toId: number) => void;
  readonly addNote: (byId: number, contactId: string, text: string) => void;
  readonly deactivate: (employeeId: number) => void;
  /** As stored in the CRM. */
  readonly ownerOf: (contactId: string) => string | undefined;
  readonly dealOwnerOf: (dealId: string) => string | undefined;
  readonly people: () => readonly { readonly id: string; readonly name: string }[];
  readonly pipelines: () => readonly unknown[];
  /** Due time of the only task, in unix seconds. */
  readonly taskDueAt: () => number | undefined;
  /** Happens to the next write to a contact. */
  readonly befalls: (mishap: Mishap) => void;
  /** Addresses of the cards of contacts and deals. */
  readonly cardOf: (kind: 'contact' | 'deal', id: string) => string;
  /** Requests that no emulated server knows. */
  readonly unhandledRequests: () => readonly string[];
  readonly close: () => Promise<void>;
};

export type Host = {
  readonly name: string;
  readonly can: Readonly<Record<Ability, boolean>>;
  readonly begin: () => Promise<Lending>;
};

/** What the tests of a file share. */
export type Lending = {
  /** Opens an account that contains only employees, and a page in it. */
  readonly openAs: (employeeId: number) => Promise<Lent>;
  readonly end: () => Promise<void>;
};
