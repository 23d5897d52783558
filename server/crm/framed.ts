/**
 * What an adapter adds for a CRM that shows our pages in its frames. These pages have our own origin and ask the CRM
 * through our server.
 */
import type { Account, Caller } from '../caller.ts';
import type { CrmKit } from './kit.ts';
import type { CrmAccess } from './oauth.ts';

export type AskedFor = {
  /** Relative to the address of the API. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PATCH' | undefined;
  readonly body?: unknown;
};
/** The CRM's answer, unchanged. */
export type CrmAnswered = { readonly status: number; readonly json: unknown };
export type PlainAnswer =
  | ({ readonly kind: 'answered' } & CrmAnswered)
  /** The CRM refuses the token. */
  | { readonly kind: 'unauthorized' }
  /** `busy`: too many requests now. `budget-gone`: too many today. `seconds`: when the CRM can be asked again. */
  | { readonly kind: 'busy' | 'budget-gone'; readonly seconds: number }
  | { readonly kind: 'unreachable' };

/** Asks as one employee of an account. Throws `Refused` if the CRM gives no answer. */
export type AskPlainly = (asked: AskedFor) => Promise<CrmAnswered>;

/** A request that pages may make of the CRM. */
export type Pass = {
  /** In the units in which the CRM counts requests. */
  readonly cost: number;
  /** Whether the request may have this body. Absent if it has none. */
  readonly takes?: (body: unknown) => boolean;
};

export type FramedEmployee = {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
  /** Whether they see all clients, regardless of the owner. */
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
  /** A deal without a main person, or with one that the employee may not see. */
  { readonly contactId: null; readonly dealId: string; readonly hasOthers: boolean } | FramedContact;
export type FramedContact = {
  readonly contactId: string;
  /** The deal whose page shows this client. Null on a person's page. */
  readonly dealId: string | null;
  /** Whether the deal has other people. Listing them is expensive, so a page asks for them only on demand. */
  readonly hasOthers: boolean;
  readonly name: string;
  readonly ownerId: string;
  /** The CRM's own level of visibility; null if it is not known. */
  readonly visibleTo: number | null;
  readonly phones: readonly string[];
  /**
   * The deal whose page shows this client. Reading the client's other deals is the most expensive part, so a page asks for
   * them only when it shows them.
   */
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
  /** The CRM's consent page. `state` comes back with the code. */
  readonly consentAt: (state: string) => URL;
  /** The address of our settings page in the CRM. */
  readonly settingsAt: (host: string) => string;
  /** The origin of the CRM's own pages: https://acme.pipedrive.com */
  readonly originOf: (host: string) => string;
  /** The sites that may frame our pages, in the format of a Content-Security-Policy. */
  readonly frameAncestors: string;
  /** Whether the request comes from the CRM's own servers. */
  readonly isSentByCrm: (headers: Headers) => boolean;
  /** The employee who has uninstalled the app, read from the CRM's call. Null if the call does not name one. */
  readonly takenBackIn: (json: unknown) => { readonly account: Account; readonly employeeId: string } | null;
  readonly askPlainly: (access: CrmAccess, asked: AskedFor, patience: AbortSignal) => Promise<PlainAnswer>;
  /** Null for a request that pages may not make. */
  readonly passFor: (method: string, path: string, query: URLSearchParams) => Pass | null;
  readonly pages: {
    readonly me: (ask: AskPlainly) => Promise<FramedMe>;
    readonly employees: (ask: AskPlainly) => Promise<readonly FramedEmployee[]>;
    /** Null if the employee may not read them. */
    readonly groups: (ask: AskPlainly) => Promise<readonly FramedGroup[] | null>;
    /** Null if this person may not see the record. */
    readonly client: (ask: AskPlainly, framed: Framed) => Promise<FramedClient | null>;
  };
};
