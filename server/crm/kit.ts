/** What the adapter of a CRM gives. app.ts makes it, and names the CRM by that. */
import type { Account, CrmName, Proof } from '../caller.ts';
import type { CrmAnswer, CrmApi, Question } from './api.ts';
import type { Crm } from './crm.ts';
import type { CrmAccess, CrmOAuth } from './oauth.ts';

/** How long tokens last, in milliseconds. */
export type TokenLife = {
  /** An access token that ends sooner is renewed before it is used. */
  readonly margin: number;
  /** The one that the server works with is renewed so long before its end, needed or not. */
  readonly early: number;
  /** A refresh token that has lain for so long is renewed to keep it alive. */
  readonly keepAlive: number;
};

export type CrmKit = {
  /** Whose accounts it asks. */
  readonly names: readonly CrmName[];
  /** Whose account is at this host, or whose codes are exchanged there; null: none of these. */
  readonly crmAt: (host: string) => CrmName | null;
  /** Whether each employee lets us in for themselves: what is asked as one of them is asked with what they gave us. */
  readonly personalGrants: boolean;
  readonly tokenLife: TokenLife;
  /** What came to the redirect address; null where it is nothing to exchange. */
  readonly arrivalIn: (query: URLSearchParams) => Arrived | null;
  readonly oauth: CrmOAuth;
  /** One question with one token. */
  readonly ask: (
    access: CrmAccess,
    question: Question | string,
    patience: AbortSignal,
  ) => Promise<CrmAnswer | 'unauthorized'>;
  readonly through: (api: CrmApi) => Crm;
};

/** A code, and where it is exchanged: at the account's own host, or at one for all accounts. */
export type Arrived = { readonly host: string; readonly code: string; readonly isOfAccount: boolean };

/** Of a CRM in whose own pages our program runs: they call from the account's host. */
export type GuestKit = CrmKit & {
  /** The account's host that a page's origin names; null for anybody else's. */
  readonly hostOf: (address: string) => string | null;
  readonly crmOf: (host: string) => Account['crm'];
  /** Who calls from the pages at this host. `accountId`: the account's id there, where it is known. */
  readonly proofAt: (host: string, accountId?: string) => Pick<Proof, 'origins' | 'callerOf'>;
  /** Where people of the account at this host allow us. */
  readonly consentAt: (host: string) => URL;
  /** Whether the CRM's own servers have sent it, who do not look at the answer. */
  readonly isSentByCrm: (query: URLSearchParams) => boolean;
  /** Which account is said to have switched us off; null for a call that the CRM has not signed. */
  readonly disabledIn: (query: URLSearchParams) => string | null;
};
