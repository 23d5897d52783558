/** Contacts, deals and employees of one account, one at a time, as the server reads them for the account itself. */

export type CrmContact = {
  readonly name: string;
  readonly responsibleId: string;
  /** As they stand in the card, whatever is written there. */
  readonly phones: readonly string[];
  /** Asked for only where they are needed: a CRM may charge more for them than for the contact. */
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
  /** Null for one that was deleted, or merged into another. */
  readonly contact: (id: string) => Promise<CrmContact | null>;
  readonly deal: (id: string) => Promise<CrmClientDeal | null>;
  /** Whether the employee works here. True where the CRM does not tell: a doubt must not open their clients to everybody. */
  readonly works: (employeeId: string) => Promise<boolean>;
};
