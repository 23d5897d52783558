/**
 * Reads a contact and changes its owner as one of the CRM's employees, with their own grant. For CRMs in which our page
 * cannot write by itself, so that the server writes in the person's name and with their rights.
 *
 * Everything throws `CrmUnanswered` if the CRM does not answer.
 */
import type { Written } from './feed.ts';

export type ShownContact = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** As they are written in the card. */
  readonly phones: readonly string[];
  /** Empty if listing them costs more than the claim. The page then asks for them. */
  readonly dealIds: readonly string[];
};

export type CrmTaking = {
  /** Null for a contact that does not exist or that this employee may not see. */
  readonly contact: (employeeId: string, contactId: string) => Promise<ShownContact | null>;
  /**
   * Sets the owner. The write is sent once. It is not sent if `isTooLate` after everything else was read. Then it
   * throws `CrmUnanswered`, and nothing was done.
   */
  readonly setOwner: (
    employeeId: string,
    contactId: string,
    ownerId: string,
    isTooLate?: () => boolean,
  ) => Promise<Written>;
};
