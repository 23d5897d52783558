/**
 * Contacts as the CRM shows and gives them to one of its people, asked with what that person gave us. A CRM has this whose own
 * page writes nothing: there the server writes for its people, in their name and with their rights.
 *
 * Everything throws `CrmUnanswered` where nobody can tell now.
 */
import type { Written } from './feed.ts';

export type ShownContact = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** As they stand in the card, whatever is written there. */
  readonly phones: readonly string[];
  /** None where a list of them costs more than the claim: the page asks for it. */
  readonly dealIds: readonly string[];
};

export type CrmTaking = {
  /** Null for one that does not exist or that this employee may not see. */
  readonly contact: (employeeId: string, contactId: string) => Promise<ShownContact | null>;
  /**
   * Makes somebody responsible. Sent once, and not at all where it is too late by the time that everything else is read: then it
   * throws `CrmUnanswered`, and nothing may have been done.
   */
  readonly setOwner: (
    employeeId: string,
    contactId: string,
    ownerId: string,
    isTooLate?: () => boolean,
  ) => Promise<Written>;
};
