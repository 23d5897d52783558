/** What the adapter of a CRM gives. app.ts makes it, and names the CRM by that. */
import type { Account, Proof } from '../caller.ts';
import type { CrmAnswer, CrmApi, Question } from './api.ts';
import type { Crm } from './crm.ts';
import type { CrmAccess, CrmOAuth } from './oauth.ts';

export type CrmKit = {
  /** The account's host that a page's origin names; null for anybody else's. */
  readonly hostOf: (address: string) => string | null;
  readonly crmOf: (host: string) => Account['crm'];
  /** Who calls from the pages at this host. `accountId`: the account's id there, where it is known. */
  readonly proofAt: (host: string, accountId?: string) => Pick<Proof, 'origins' | 'callerOf'>;
  /** Where people of the account at this host allow us. */
  readonly consentAt: (host: string) => URL;
  /** What came to the redirect address; null where it is nothing to exchange. */
  readonly arrivalIn: (query: URLSearchParams) => { readonly host: string; readonly code: string } | null;
  /** Whether the CRM's own servers have sent it, who do not look at the answer. */
  readonly isSentByCrm: (query: URLSearchParams) => boolean;
  /** Which account is said to have switched us off; null for a call that the CRM has not signed. */
  readonly disabledIn: (query: URLSearchParams) => string | null;
  readonly oauth: CrmOAuth;
  /** One question with one token. */
  readonly ask: (
    access: CrmAccess,
    question: Question | string,
    patience: AbortSignal,
  ) => Promise<CrmAnswer | 'unauthorized'>;
  readonly through: (api: CrmApi) => Crm;
};
