/** Who is responsible for a client, as the judging of claims asks the CRM for it: the seam that each CRM's adapter fills. */

/**
 * One change. Ids sort by time: each begins with the moment in milliseconds as ten characters of a ULID. `by` null: a robot, or unknown. `at`: unix
 * seconds by the CRM's clock.
 */
export type OwnerEvent = {
  readonly id: string;
  readonly by: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly at: number;
};

/** What is known of a client's owners before the log is read. */
export type KnownOwners = {
  /** Each change that is among them keeps its id, whoever tells of it. */
  readonly events: readonly OwnerEvent[];
  /** Whether these changes lead from what is known to this owner. Where reading costs, nothing more is read then. */
  readonly links: (log: readonly OwnerEvent[], ownerId: string | null) => boolean;
  /** Since somebody has last said anything about the client: what a hook tells may still be on its way. */
  readonly waitedSeconds: number;
};

/** As the account itself. Throws when the CRM cannot be asked now. */
export type CrmOwners = {
  /** Null for a client whom the CRM no longer has. */
  readonly ownerOf: (contactId: string) => Promise<{ readonly ownerId: string | null } | null>;
  /** Since then, by the CRM's clock. */
  readonly ownerLog: (
    contactId: string,
    sinceSeconds: number,
    known: KnownOwners,
  ) => Promise<readonly OwnerEvent[]>;
  /** As whom the CRM's log will name what `setOwner` writes. */
  readonly writesAs: () => Promise<string>;
  /** False when the CRM says no. Throws when nobody answers: then it may have been done. */
  readonly setOwner: (contactId: string, ownerId: string) => Promise<boolean>;
};
