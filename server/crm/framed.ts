/** What the adapter of a CRM gives that shows pages of ours in its frames: they call from our own origin, and ask the CRM through us. */
import type { Account, Caller } from '../caller.ts';
import type { CrmKit } from './kit.ts';
import type { CrmAccess } from './oauth.ts';

export type AskedFor = {
  /** Below the address of the API. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PATCH' | undefined;
  readonly body?: unknown;
};
/** The CRM's own word, whatever it is. */
export type CrmAnswered = { readonly status: number; readonly json: unknown };
export type PlainAnswer =
  | ({ readonly kind: 'answered' } & CrmAnswered)
  /** The token is not taken. */
  | { readonly kind: 'unauthorized' }
  /** `busy`: asked too fast. `budget-gone`: asked too much for today. After so many seconds it can be asked again. */
  | { readonly kind: 'busy' | 'budget-gone'; readonly seconds: number }
  | { readonly kind: 'unreachable' };

/** As one of an account's people. Throws `Refused` where the CRM does not answer for itself. */
export type AskPlainly = (asked: AskedFor) => Promise<CrmAnswered>;

/** Something that pages may ask of the CRM. */
export type Pass = {
  /** In what the CRM counts questions by. */
  readonly cost: number;
  /** Whether it is asked with such a body; absent where it is asked with none. */
  readonly takes?: (body: unknown) => boolean;
};

export type FramedEmployee = {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
  /** Whether they see all clients, whoever is responsible. */
  readonly seesAll: boolean;
  readonly groupId: string | null;
  readonly email?: string | undefined;
};
export type FramedMe = Pick<FramedEmployee, 'id' | 'name' | 'isAdmin'> & {
  readonly phone: string | null;
  readonly locale: string;
};
/** Members of the parent group see everything that members of this group see. */
export type FramedGroup = { readonly id: string; readonly name: string; readonly parentId: string | null };
export type FramedClient =
  /** A deal without a main person, or with a main person whom the employee may not see. */
  { readonly contactId: null; readonly dealId: string; readonly hasOthers: boolean } | FramedContact;
export type FramedContact = {
  readonly contactId: string;
  /** The deal on whose page it is. */
  readonly dealId: string | null;
  /** Whether the deal has other people. Listing them is expensive, so a page asks for them only on demand. */
  readonly hasOthers: boolean;
  readonly name: string;
  readonly ownerId: string;
  /** The CRM's own level of visibility; null if it is not known. */
  readonly visibleTo: number | null;
  readonly phones: readonly string[];
  /** The one whose page it is. The others cost more than all the rest: a page asks for them when they are wanted. */
  readonly dealIds: readonly string[];
};
export type Framed = {
  readonly resource: 'person' | 'deal';
  readonly id: string;
  /** The deal, if the person was chosen from the people of a deal. */
  readonly deal?: string | undefined;
};

export type FramedKit = CrmKit & {
  /** Throws `Refused` with TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED. */
  readonly callerOf: (request: Request) => Promise<Caller>;
  /** Where people allow us; `state` comes back with the code. */
  readonly consentAt: (state: string) => URL;
  /** Our settings among the CRM's own pages. */
  readonly settingsAt: (host: string) => string;
  /** Of the CRM's own pages: https://acme.pipedrive.com */
  readonly originOf: (host: string) => string;
  /** Who may show our pages in a frame, as a policy of a page says it. */
  readonly frameAncestors: string;
  /** Whether the CRM's own servers have sent it. */
  readonly isSentByCrm: (headers: Headers) => boolean;
  /** Who is said to have taken back what they gave us; null where it does not say. */
  readonly takenBackIn: (json: unknown) => { readonly account: Account; readonly employeeId: string } | null;
  readonly askPlainly: (access: CrmAccess, asked: AskedFor, patience: AbortSignal) => Promise<PlainAnswer>;
  /** Null for what pages may not ask. */
  readonly passFor: (method: string, path: string, query: URLSearchParams) => Pass | null;
  readonly pages: {
    readonly me: (ask: AskPlainly) => Promise<FramedMe>;
    readonly employees: (ask: AskPlainly) => Promise<readonly FramedEmployee[]>;
    /** Null if the employee may not read them. */
    readonly groups: (ask: AskPlainly) => Promise<readonly FramedGroup[] | null>;
    /** Null for what this person may not see. A deal may be nobody's. */
    readonly client: (ask: AskPlainly, framed: Framed) => Promise<FramedClient | null>;
  };
};
