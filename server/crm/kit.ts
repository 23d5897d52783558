/** What each CRM's adapter implements. Only app.ts names the adapters. */
import type { Account, CrmName, Proof } from '../caller.ts';
import type { CrmAnswer, CrmApi, Question } from './api.ts';
import type { Crm } from './crm.ts';
import type { CrmAccess, CrmOAuth } from './oauth.ts';

/** How long tokens last, in milliseconds. */
export type TokenLife = {
  /** An access token that expires sooner is renewed before it is used. */
  readonly margin: number;
  /** The grant that the server uses is renewed so long before it expires, needed or not. */
  readonly early: number;
  /** A refresh token that was not used for this time is renewed, so that it does not expire. */
  readonly keepAlive: number;
};

export type CrmKit = {
  /** The CRMs that this adapter serves. */
  readonly names: readonly CrmName[];
  /** The CRM whose accounts or token endpoint are at this host. Null if there is none. */
  readonly crmAt: (host: string) => CrmName | null;
  /** Whether each employee gives a grant of their own. Questions as an employee then use that employee's grant. */
  readonly personalGrants: boolean;
  readonly tokenLife: TokenLife;
  /** The code that came to the redirect address. Null if there is none. */
  readonly arrivalIn: (query: URLSearchParams) => Arrived | null;
  readonly oauth: CrmOAuth;
  /** Asks one question with one token. */
  readonly ask: (
    access: CrmAccess,
    question: Question | string,
    patience: AbortSignal,
  ) => Promise<CrmAnswer | 'unauthorized'>;
  readonly through: (api: CrmApi) => Crm;
};

/** A code, and the host that exchanges it: the account's own, or one host for all accounts. */
export type Arrived = { readonly host: string; readonly code: string; readonly isOfAccount: boolean };

/** For a CRM in whose own pages our widget runs. Those pages call from the account's host. */
export type GuestKit = CrmKit & {
  /** The account's host in a page's origin; null for any other origin. */
  readonly hostOf: (address: string) => string | null;
  readonly crmOf: (host: string) => Account['crm'];
  /** Checks who calls from the pages at this host. `accountId`: the account's id in the CRM, if it is known. */
  readonly proofAt: (host: string, accountId?: string) => Pick<Proof, 'origins' | 'callerOf'>;
  /** The consent page of the account at this host. */
  readonly consentAt: (host: string) => URL;
  /** Whether the CRM's own servers have sent it. They ignore the body of the answer. */
  readonly isSentByCrm: (query: URLSearchParams) => boolean;
  /** The account that has switched us off, as the call says; null for a call that the CRM has not signed. */
  readonly disabledIn: (query: URLSearchParams) => string | null;
};
