/** The owner of a client, for judging claims. Each CRM's adapter implements it. */

/**
 * One change of owner. Ids sort by time: each begins with the moment in milliseconds as ten characters of a ULID. `by`:
 * null for a robot, or if unknown. `at`: unix seconds by the CRM's clock.
 */
export type OwnerEvent = {
  readonly id: string;
  readonly by: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly at: number;
};

/** What the caller knows of a client's owners before the log is read. */
export type KnownOwners = {
  /** Changes that are known already. Each keeps its id, whatever source reports it again. */
  readonly events: readonly OwnerEvent[];
  /** Whether these changes lead from the last known owner to this one. If so, a log that costs something is not read. */
  readonly links: (log: readonly OwnerEvent[], ownerId: string | null) => boolean;
  /** How long ago anything was last reported about the client. A hook may still be on its way. */
  readonly waitedSeconds: number;
};

/** Asks as the account itself. Throws when the CRM cannot be asked now. */
export type CrmOwners = {
  /** Null for a client that the CRM no longer has. */
  readonly ownerOf: (contactId: string) => Promise<{ readonly ownerId: string | null } | null>;
  /** Changes since then, by the CRM's clock. */
  readonly ownerLog: (
    contactId: string,
    sinceSeconds: number,
    known: KnownOwners,
  ) => Promise<readonly OwnerEvent[]>;
  /** The employee that the CRM's log will name as the author of what `setOwner` writes. */
  readonly writesAs: () => Promise<string>;
  /** False when the CRM refuses. Throws when it does not answer: the change may have been made then. */
  readonly setOwner: (contactId: string, ownerId: string) => Promise<boolean>;
};
