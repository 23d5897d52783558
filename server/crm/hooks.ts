/**
 * How the CRM tells that something has changed. What has changed is read in the CRM: of a hook the names are believed, and from
 * a CRM that proves who calls, who changed an owner.
 */
import type { OwnerEvent } from './owners.ts';

export type HookBody = {
  /** "contact 501", "deal 9001" */
  readonly names: readonly string[];
  /** Ids of employees who have changed: they were switched off, or their rights are others. */
  readonly employees: readonly string[];
  /** Who became responsible for which contact, where the CRM tells it in a hook that it has proven to be its own. */
  readonly changes: readonly { readonly contactId: string; readonly event: OwnerEvent }[];
  /** Absent where the CRM does not say whose it is. */
  readonly accountId: string | null;
};

export type CrmHooks = {
  readonly bodyIn: (text: string) => HookBody;
  /** Whether the CRM itself has called, as far as its headers can prove it. `secret`: the end of the address that it called. */
  readonly admits: (secret: string, headers: Headers) => boolean;
  /**
   * Has this address called, where it is not called yet or was switched off. `refused`: the account has no hooks, because of its
   * plan for instance. `later`: nobody can tell.
   */
  readonly keep: (
    accountId: string,
    destination: string,
    leaving: AbortSignal,
  ) => Promise<'kept' | 'refused' | 'later'>;
};
