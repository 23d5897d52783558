/**
 * How the CRM reports that something has changed. Of a hook only the names are used, and the change itself is read in
 * the CRM. Where the CRM authenticates its calls, a hook's changes of owners are used too.
 */
import type { OwnerEvent } from './owners.ts';

export type HookBody = {
  /** "contact 501", "deal 9001" */
  readonly names: readonly string[];
  /** Ids of employees who have changed: they were deactivated, or their rights have changed. */
  readonly employees: readonly string[];
  /** Changes of contacts' owners. None if the CRM does not authenticate its calls. */
  readonly changes: readonly { readonly contactId: string; readonly event: OwnerEvent }[];
  /** Null if the hook does not name its account. */
  readonly accountId: string | null;
};

export type CrmHooks = {
  readonly bodyIn: (text: string) => HookBody;
  /**
   * Whether the headers prove that the CRM has called, as far as it authenticates. `secret`: the end of the called
   * address.
   */
  readonly admits: (secret: string, headers: Headers) => boolean;
  /**
   * Subscribes this address if it has no subscription, or a disabled one. `refused`: the account cannot have hooks, for
   * instance because of its plan. `later`: the CRM does not answer.
   */
  readonly keep: (
    accountId: string,
    destination: string,
    leaving: AbortSignal,
  ) => Promise<'kept' | 'refused' | 'later'>;
};
