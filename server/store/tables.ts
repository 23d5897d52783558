/** The tables as queries see them. Every change here needs a migration. */
import type { ColumnType, Generated } from 'kysely';

/** Written by the database's clock, so that instances with different clocks agree. */
type Now = ColumnType<Date, never, Date>;

/** One CRM company, identified by the CRM and its account id there, because host names change. */
type AccountRow = {
  readonly id: Generated<string>;
  readonly crm: string;
  readonly crmAccountId: string;
  readonly createdAt: Now;
  /** The current API host. Null until a grant arrives, because a page's token proves an account without one. */
  readonly host: string | null;
  /** See accounts/state.ts. */
  readonly state: Generated<string>;
  /** When the CRM reported that the integration was disabled; null once the report has been checked. */
  readonly disableToldAt: Date | null;
  /** When an administrator disconnected the chat service, or the CRM disabled the integration. */
  readonly leftAt: Date | null;
  /** When the last grant ended. */
  readonly silentSince: Date | null;
  /** The key that seals the account's secrets. See account-seal.ts. */
  readonly sealedDataKey: string | null;
  /** The CRM sends its webhooks to an address that only it knows. See hooks/subscription.ts. */
  readonly hookDigest: string | null;
  readonly sealedHook: string | null;
  readonly hooksKeptAt: Date | null;
  /** See follow/check.ts. */
  readonly clientsCheckedAt: Date | null;
  readonly clientsHeld: Generated<number>;
  readonly clientsReleased: Generated<boolean>;
  /** When an administrator asked to send all clients to the chat service. Null: only clients that a page names are sent. */
  readonly clientsSentSince: Date | null;
  /** Whether an administrator asked to send the company itself to the chat service. */
  readonly companyAsked: Generated<boolean>;
  /** Counts of the last check. */
  readonly clientsKnown: number | null;
  readonly clientsRight: number | null;
  readonly clientsUnsent: number | null;
  readonly clientsWithoutNumber: number | null;
  /** When the last check ended, with any outcome. */
  readonly checkEndedAt: Date | null;
  /** When the next check begins; null: at once, because an administrator waits for it or there was none yet. */
  readonly nextCheckAt: Date | null;
  /** By when clients should have been compared again. A CRM that charges for it is not asked each hour. */
  readonly clientsDueAt: Date | null;
  readonly checkProblem: string | null;
  readonly pipelinesTold: number | null;
  readonly peopleTold: number | null;
  readonly peopleKnown: number | null;
  /** The country as the CRM names it, used to complete phone numbers. */
  readonly country: string | null;
  /** The time up to which the CRM's event log was read. See follow/reconcile.ts. */
  readonly reconciledUntil: Date | null;
  /** When the channels of the chat service were last checked. See alarms/trouble.ts. */
  readonly channelsLookedAt: Date | null;
  /** The CRM refused our subscription at the last attempt. See hooks/subscription.ts. */
  readonly hooksRefused: Generated<boolean>;
};

/** A current problem of an account. See alarms/alarms.ts. */
type AlarmRow = {
  readonly accountId: string;
  readonly kind: string;
  /** Names of the channels that are down. */
  readonly channels: ColumnType<unknown, string, string>;
  readonly beganAt: Date;
  /** When to notify an administrator, for the first time or again. */
  readonly nextAt: Date;
  /** A notification was started, and its outcome is not known yet. */
  readonly isBeingTold: Generated<boolean>;
  readonly toldAt: Date | null;
  /** The CRM task that notifies the administrator. */
  readonly taskId: string | null;
};

/** A code that the CRM has sent and that is not exchanged yet. See accounts/arrival.ts. */
type ArrivalRow = {
  readonly id: Generated<string>;
  /** The host that exchanges the code; later the host of its account. */
  readonly host: string;
  /** Whose code it is. Null where an older version has kept it. */
  readonly crm: string | null;
  readonly sealedCode: string;
  readonly at: Now;
  readonly nextAt: ColumnType<Date, never, Date>;
  readonly outcome: ColumnType<string | null, never, string>;
};

/** What one employee has granted us. See accounts/grant.ts. */
type GrantRow = {
  readonly id: Generated<string>;
  readonly accountId: string;
  readonly employeeId: string;
  readonly isAdmin: boolean;
  readonly sealedTokens: string;
  readonly expiresAt: Date;
  readonly version: Generated<number>;
  readonly isDead: Generated<boolean>;
  readonly givenAt: Now;
  /** An `oauth` grant is renewed; a `long-lived` one is valid until it ends. */
  readonly kind: Generated<string>;
  readonly renewedAt: ColumnType<Date, Date | undefined, Date>;
  /** When the CRM reported that the employee revoked the grant; null once the report has been checked. */
  readonly endToldAt: ColumnType<Date | null, never, Date | null>;
};

/** See hooks/owner-events.ts. */
type OwnerEventRow = {
  readonly accountId: string;
  readonly contactId: string;
  readonly eventId: string;
  readonly byId: string | null;
  readonly beforeId: string | null;
  readonly afterId: string | null;
  /** Unix seconds by the CRM's clock. */
  readonly at: number;
  readonly heardAt: Now;
};

/** See hooks/heard-owners.ts. */
type HeardOwnerRow = {
  readonly accountId: string;
  readonly contactId: string;
  readonly ownerId: string;
  /** Unix seconds by the CRM's clock. */
  readonly at: number | null;
  readonly changedAt: Now;
};

/** When the next request of this name may leave. See pace.ts. */
type PaceRow = {
  readonly name: string;
  readonly nextAt: Date;
};

/** Who may run work that must not run twice at once, and until when. See lease.ts. */
type LeaseRow = {
  readonly name: string;
  readonly fence: string;
  readonly until: Date;
};

/** See history/change.ts. */
type ChangeRow = {
  readonly id: Generated<string>;
  readonly accountId: string;
  readonly at: Now;
  readonly employeeId: string;
  readonly origin: string | null;
  readonly what: string;
  readonly before: ColumnType<unknown, string, never>;
  readonly after: ColumnType<unknown, string, string>;
  readonly difference: ColumnType<unknown, string, string>;
  readonly outcome: ColumnType<string, string, string>;
  readonly settledAt: ColumnType<Date | null, never, Date>;
};

/** The chat service's key of an account. See connections/connection.ts. */
type ConnectionRow = {
  readonly accountId: string;
  readonly sealedKey: string;
  /** Reveals whether two accounts have the same key, and nothing about the key itself. */
  readonly keyDigest: string;
  readonly keyKind: string;
  readonly connectedAt: Now;
};

/** A channel of the connected chat account. See connections/channels-held.ts. */
type ChatChannelRow = {
  /** The digest of the channel's id: it reveals whether two accounts have the same channel. */
  readonly digest: string;
  readonly accountId: string;
};

/** The grant that allows writing an account's roles. See connections/partner-grant.ts. */
type PartnerGrantRow = {
  readonly accountId: string;
  /** The employee who gave it. */
  readonly employeeId: string;
  readonly sealedTokens: string;
  readonly expiresAt: Date;
  readonly renewedAt: Date;
  readonly version: Generated<number>;
  readonly isDead: Generated<boolean>;
};

/** See own-settings/own-settings.ts. */
type OwnSettingsRow = {
  readonly accountId: string;
  readonly version: number;
  /** The text as it was sent, so that the order of its fields is kept. */
  readonly settings: string;
};

/** See lanes.ts. */
type LaneRow = { readonly accountId: string; readonly name: string };

/** A client or deal that was sent to the chat service. See chat/copy.ts. */
type CopyRow = {
  readonly accountId: string;
  readonly name: string;
  readonly numbers: ColumnType<unknown, string, string>;
  readonly phones: ColumnType<unknown, string | undefined, string>;
  readonly sentAt: Now;
};

/** An administrator's browser on its way to the chat service and back. See connections/journey.ts. */
type JourneyRow = {
  readonly id: string;
  readonly accountId: string;
  readonly employeeId: string;
  readonly language: string;
  readonly purpose: Generated<string>;
  readonly secretDigest: ColumnType<string | null, never, string>;
  readonly sealedKey: ColumnType<string | null, never, string>;
  readonly keyKind: ColumnType<string | null, never, string>;
  readonly channels: ColumnType<unknown, never, string>;
  readonly until: Date;
};

/** A client that has been claimed. See claims/grant.ts. */
type ClaimedClientRow = {
  readonly accountId: string;
  readonly contactId: string;
  readonly ledger: ColumnType<unknown, string, string>;
  readonly version: number;
  readonly activeUntil: number;
  readonly heldPress: string | null;
  readonly heldBy: string | null;
  readonly heldUntil: number | null;
  readonly isHeldFirmly: Generated<boolean>;
  readonly lookAt: number | null;
  /** When something in the CRM reverted our change. */
  readonly foughtAt: number | null;
};

/** See claims/claim.ts. */
type ClaimRow = {
  readonly id: Generated<string>;
  readonly accountId: string;
  readonly press: string;
  readonly contactId: string;
  readonly kind: string;
  readonly employeeId: string;
  readonly base: string | null;
  readonly toId: string;
  readonly writtenFrom: number;
  readonly heardAt: number;
  readonly told: string | null;
  readonly state: string;
  /** The follow-up work of the claim; null when there is none. */
  readonly sealedWork: string | null;
  readonly isWorked: Generated<boolean>;
};

export type Tables = {
  readonly account: AccountRow;
  readonly alarm: AlarmRow;
  readonly arrival: ArrivalRow;
  readonly chatChannel: ChatChannelRow;
  readonly chatCopy: CopyRow;
  readonly claim: ClaimRow;
  readonly claimedClient: ClaimedClientRow;
  readonly chatConnection: ConnectionRow;
  readonly crmGrant: GrantRow;
  readonly crmOwnerEvent: OwnerEventRow;
  readonly heardOwner: HeardOwnerRow;
  readonly journey: JourneyRow;
  readonly lane: LaneRow;
  readonly lease: LeaseRow;
  readonly ownSettings: OwnSettingsRow;
  readonly pace: PaceRow;
  readonly partnerGrant: PartnerGrantRow;
  readonly change: ChangeRow;
};
