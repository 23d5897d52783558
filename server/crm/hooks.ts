/** How the CRM tells that something has changed. Nothing of it is believed but the names: what has changed is read in the CRM. */

export type HookBody = {
  /** "contact 501", "deal 9001" */
  readonly names: readonly string[];
  /** Absent where the CRM does not say whose it is. */
  readonly accountId: string | null;
};

export type CrmHooks = {
  readonly bodyIn: (text: string) => HookBody;
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
