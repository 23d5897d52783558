/** Contacts, deals and employees of one account, read one at a time as the account itself. */

export type CrmContact = {
  readonly name: string;
  readonly responsibleId: string;
  /** As they are written in the card. */
  readonly phones: readonly string[];
  /** Requested only if they are needed, because they may cost more than the contact. */
  readonly dealIds: () => Promise<readonly string[]>;
};
export type CrmClientDeal = {
  readonly name: string;
  readonly responsibleId: string;
  readonly contactIds: readonly string[];
  /** Neither won nor lost. */
  readonly isOpen: boolean;
};

/** Throws `CrmUnavailable`. */
export type CrmClients = {
  /** Null for a contact that was deleted, or merged into another. */
  readonly contact: (id: string) => Promise<CrmContact | null>;
  readonly deal: (id: string) => Promise<CrmClientDeal | null>;
  /**
   * Whether the employee is active. True if the CRM does not say, because a doubt must not show their clients to
   * everybody.
   */
  readonly works: (employeeId: string) => Promise<boolean>;
};
