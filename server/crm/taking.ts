/**
 * Reads a contact and changes its owner as one of the CRM's people, with their own grant. This is for a CRM in which our page
 * cannot write by itself: there the server writes in the person's name and with their rights.
 *
 * Everything throws `CrmUnanswered` where the CRM does not answer.
 */
import type { Written } from './feed.ts';

export type ShownContact = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** As they are written in the card. */
  readonly phones: readonly string[];
  /** Empty where listing them costs more than the claim. The page asks for them then. */
  readonly dealIds: readonly string[];
};

export type CrmTaking = {
  /** Null for a contact that does not exist or that this employee may not see. */
  readonly contact: (employeeId: string, contactId: string) => Promise<ShownContact | null>;
  /**
   * Makes somebody responsible. The write is sent once. It is not sent if `isTooLate` once everything else was read: then it
   * throws `CrmUnanswered`, and nothing was done.
   */
  readonly setOwner: (
    employeeId: string,
    contactId: string,
    ownerId: string,
    isTooLate?: () => boolean,
  ) => Promise<Written>;
};
