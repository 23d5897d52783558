/** What an adapter adds for a CRM that shows our pages in its frames. They call from our own origin, and ask the CRM through us. */
import type { Account, Caller } from '../caller.ts';
import type { CrmKit } from './kit.ts';
import type { CrmAccess } from './oauth.ts';

export type AskedFor = {
  /** Below the address of the API. */
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
  /** `busy`: too many requests now. `budget-gone`: too many today. It can be asked again after so many seconds. */
  | { readonly kind: 'busy' | 'budget-gone'; readonly seconds: number }
  | { readonly kind: 'unreachable' };

/** Asks as one of an account's people. Throws `Refused` where there is no answer of the CRM. */
export type AskPlainly = (asked: AskedFor) => Promise<CrmAnswered>;

/** A request that pages may make of the CRM. */
export type Pass = {
  /** In the units by which the CRM counts requests. */
  readonly cost: number;
  /** Whether the request may have this body; absent where it has none. */
  readonly takes?: (body: unknown) => boolean;
};

export type FramedEmployee = {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
  readonly groupId: string | null;
  readonly groupName?: string | undefined;
  readonly email?: string | undefined;
};
export type FramedMe = Pick<FramedEmployee, 'id' | 'name' | 'isAdmin'> & {
  readonly phone: string | null;
  readonly locale: string;
};
export type FramedClient = { readonly contactId: null; readonly dealId: string } | FramedContact;
export type FramedContact = {
  readonly contactId: string;
  /** The deal on whose page it is. */
  readonly dealId: string | null;
  readonly name: string;
  readonly ownerId: string;
  /** An owner who gives the client away no longer sees them, unless they follow them or see everything. */
  readonly isOwnersAlone: boolean;
  readonly phones: readonly string[];
  /** The deal whose page it is. The others cost more than everything else, so a page asks for them only when it shows them. */
  readonly dealIds: readonly string[];
};
export type Framed = { readonly resource: 'person' | 'deal'; readonly id: string };

export type FramedKit = CrmKit & {
  /** Throws `Refused` with TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED. */
  readonly callerOf: (request: Request) => Promise<Caller>;
  /** The CRM's consent page; `state` comes back with the code. */
  readonly consentAt: (state: string) => URL;
  /** The address of our settings page in the CRM. */
  readonly settingsAt: (host: string) => string;
  /** The origin of the CRM's own pages: https://acme.pipedrive.com */
  readonly originOf: (host: string) => string;
  /** The sites that may frame our pages, as a Content-Security-Policy writes them. */
  readonly frameAncestors: string;
  /** Whether the CRM's own servers have sent the request. */
  readonly isSentByCrm: (headers: Headers) => boolean;
  /** Who has uninstalled us, as the call says; null where it does not say. */
  readonly takenBackIn: (json: unknown) => { readonly account: Account; readonly employeeId: string } | null;
  readonly askPlainly: (access: CrmAccess, asked: AskedFor, patience: AbortSignal) => Promise<PlainAnswer>;
  /** Null for a request that pages may not make. */
  readonly passFor: (method: string, path: string, query: URLSearchParams) => Pass | null;
  readonly pages: {
    readonly me: (ask: AskPlainly) => Promise<FramedMe>;
    /** `groups`: their names by id. */
    readonly employees: (
      ask: AskPlainly,
      groups: ReadonlyMap<string, string>,
    ) => Promise<readonly FramedEmployee[]>;
    readonly groups: (ask: AskPlainly) => Promise<ReadonlyMap<string, string>>;
    /** Null for a record that this person may not see. A deal may have no contact. */
    readonly client: (ask: AskPlainly, framed: Framed) => Promise<FramedClient | null>;
  };
};
