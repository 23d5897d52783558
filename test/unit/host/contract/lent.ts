/** A CRM as the suite of the seam meets it: what a page lends us as one person, and a hand inside the emulated CRM. */
import type { HostPage, HostRecords } from '../../../../widget/host/host.ts';

/** What a CRM may be unable to do, though the seam knows it. */
export type Ability =
  /** Several deals, or several contacts, are changed by one request. */
  | 'changes-many-at-once'
  /** The CRM itself notifies its pages of changes. Elsewhere our page polls our server (watching.test.tsx). */
  | 'pushes-changes';

/** How the CRM's answer to one write turns out. All but the last two happen before anything is written. */
export type Mishap =
  | 'unauthorized'
  | 'unpaid'
  | 'forbidden-json'
  | 'no-rights-244'
  | 'too-many'
  | 'server-error'
  /** Between the page and whomever it asks. */
  | 'cut'
  /** It is written, and the answer cannot be read. */
  | 'broken-json';

/** Where in the CRM a page of ours is, and what is special about it. */
export type Opening = {
  readonly contactId?: string;
  readonly dealId?: string;
  /** What the account's admins have set. */
  readonly own?: object;
  /** The list of people lacks even the person who looks at it. */
  readonly isListBroken?: boolean;
};

export type Lent = {
  readonly records: HostRecords;
  /** Opens a page of ours; in the settings, unless told. */
  readonly open: (opening?: Opening) => Promise<HostPage>;
  /** The person switches the CRM's theme while the page is open. */
  readonly switchTheme: (theme: 'light' | 'dark') => void;
  /** Reports to the open page that something about the contact has changed. */
  readonly push: (contactId: string) => void;
  /** Of the CRM's pages. */
  readonly origin: string;
  readonly rename: (employeeId: number, name: string) => void;
  /** "METHOD address" of what the page asked for its records. */
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
  /** Nobody but its owner sees it any more. */
  readonly hideContact: (id: string) => void;
  readonly deleteDeal: (id: string) => void;
  readonly hideDeal: (id: string) => void;
  readonly winDeal: (id: string) => void;
  /** Whoever has the page may see what is others', and give none of it away. */
  readonly withoutRight: () => void;
  /** By hand, in the CRM's own page. */
  readonly assign: (byId: number, contactId: string, toId: number) => void;
  readonly addNote: (byId: number, contactId: string, text: string) => void;
  readonly deactivate: (employeeId: number) => void;
  /** As the CRM has them. */
  readonly ownerOf: (contactId: string) => string | undefined;
  readonly dealOwnerOf: (dealId: string) => string | undefined;
  readonly people: () => readonly { readonly id: string; readonly name: string }[];
  readonly pipelines: () => readonly unknown[];
  /** When the only task there is has to be done: unix seconds. */
  readonly taskDueAt: () => number | undefined;
  /** Of the next write to a contact. */
  readonly befalls: (mishap: Mishap) => void;
  /** Where people open a contact and a deal. */
  readonly cardOf: (kind: 'contact' | 'deal', id: string) => string;
  /** What nobody could answer. */
  readonly strays: () => readonly string[];
  readonly close: () => Promise<void>;
};

export type Host = {
  readonly name: string;
  readonly can: Readonly<Record<Ability, boolean>>;
  readonly begin: () => Promise<Lending>;
};

/** What all tests of a file have in common. */
export type Lending = {
  /** An account with nothing but its people in it, and a page of theirs. */
  readonly openAs: (employeeId: number) => Promise<Lent>;
  readonly end: () => Promise<void>;
};
