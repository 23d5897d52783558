/** Contacts and deals as one of the CRM's employees sees them. */

export type RecordKind = 'contacts' | 'deals';
export type Seen = {
  readonly responsibleId: string;
  /** The contacts of a deal; empty for a contact. */
  readonly contactIds: readonly string[];
  /** True for a deal that was neither won nor lost. */
  readonly isOpen: boolean;
};

export type CrmRecords = {
  /**
   * Null for a record that does not exist or that this employee may not see. Throws `Refused` with CRM_UNREACHABLE or
   * CRM_NEEDS_REAUTH if the CRM does not answer.
   */
  readonly seenBy: (employeeId: string, kind: RecordKind, recordId: string) => Promise<Seen | null>;
};
