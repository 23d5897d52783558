/** Contacts and deals as the CRM shows them to one of its employees. */

export type RecordKind = 'contacts' | 'deals';
export type Seen = {
  readonly responsibleId: string;
  /** Of a deal; none of a contact. */
  readonly contactIds: readonly string[];
  /** Of a deal that was neither won nor lost. */
  readonly isOpen: boolean;
};

export type CrmRecords = {
  /**
   * Null for what does not exist or what this employee may not see. Throws `Refused` with CRM_UNREACHABLE or CRM_NEEDS_REAUTH
   * where nobody can tell.
   */
  readonly seenBy: (employeeId: string, kind: RecordKind, recordId: string) => Promise<Seen | null>;
};
