/** The tables as queries see them. Whatever changes here changes in a migration too. */
import type { ColumnType, Generated } from 'kysely';

/** Written by the database's own clock, so that instances whose clocks differ agree. */
type Now = ColumnType<Date, never, Date>;

/** One CRM company, keyed by the CRM and its account id there: host names change. */
type AccountRow = {
  readonly id: Generated<string>;
  readonly crm: string;
  readonly crmAccountId: string;
  readonly createdAt: Now;
  /** Where its API is asked now. Null until a grant has come: a token of a page proves an account as well. */
  readonly host: string | null;
  /** See accounts/state.ts. */
  readonly state: Generated<string>;
  /** The CRM has told that it switched us off, and nobody has looked whether it is so. */
  readonly disableToldAt: Date | null;
  /** Its administrator has disconnected the chat service, or it has switched us off. */
  readonly leftAt: Date | null;
  /** Its last grant has ended. */
  readonly silentSince: Date | null;
  /** What is sealed of it is sealed with this. See account-seal.ts. */
  readonly sealedDataKey: string | null;
  /** The CRM calls us at an address that nobody else knows. See hooks/subscription.ts. */
  readonly hookDigest: string | null;
  readonly sealedHook: string | null;
  readonly hooksKeptAt: Date | null;
  /** See follow/check.ts. */
  readonly clientsCheckedAt: Date | null;
  readonly clientsHeld: Generated<number>;
  readonly clientsReleased: Generated<boolean>;
  /** Since when an administrator has had all clients told of; null: those whom a page names. */
  readonly clientsSentSince: Date | null;
  /** Whether an administrator has had the chat service told of the company itself. */
  readonly companyAsked: Generated<boolean>;
  /** What the last check counted. */
  readonly clientsKnown: number | null;
  readonly clientsRight: number | null;
  readonly clientsUnsent: number | null;
  readonly clientsWithoutNumber: number | null;
  /** When a check last ended, whatever came of it. */
  readonly checkEndedAt: Date | null;
  readonly checkProblem: string | null;
  readonly pipelinesTold: number | null;
  readonly peopleTold: number | null;
  readonly peopleKnown: number | null;
  /** As the CRM names it: phone numbers are completed with it. */
  readonly country: string | null;
  /** Up to when the CRM's own log was looked through. See follow/reconcile.ts. */
  readonly reconciledUntil: Date | null;
  /** When it was last looked whether the chat service's channels work. See alarms/trouble.ts. */
  readonly channelsLookedAt: Date | null;
  /** The CRM did not take our subscription when it was last looked after. See hooks/subscription.ts. */
  readonly hooksRefused: Generated<boolean>;
};

/** What is wrong with an account. See alarms/alarms.ts. */
type AlarmRow = {
  readonly accountId: string;
  readonly kind: string;
  /** Names of those that are down. */
  readonly channels: ColumnType<unknown, string, string>;
  readonly beganAt: Date;
  /** When an administrator is to be told, for the first time or again. */
  readonly nextAt: Date;
  /** Somebody has begun to tell, and it is not known what came of it. */
  readonly isBeingTold: Generated<boolean>;
  readonly toldAt: Date | null;
  /** The CRM's task that tells it. */
  readonly taskId: string | null;
};

/** A code that the CRM has sent and nobody has exchanged yet. See accounts/arrival.ts. */
type ArrivalRow = {
  readonly id: Generated<string>;
  /** Where it is exchanged; then that of its account. */
  readonly host: string;
  readonly sealedCode: string;
  readonly at: Now;
  readonly nextAt: ColumnType<Date, never, Date>;
  readonly outcome: ColumnType<string | null, never, string>;
};

/** What one person has given us. See accounts/grant.ts. */
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
  /** `oauth` is renewed, `long-lived` is good until it ends. */
  readonly kind: Generated<string>;
  readonly renewedAt: ColumnType<Date, Date | undefined, Date>;
  /** The CRM has told that its person has taken it back, and nobody has looked whether it is so. */
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

/** When the next request of a name may leave. See pace.ts. */
type PaceRow = {
  readonly name: string;
  readonly nextAt: Date;
};

/** Who may do something that must not be done twice at once, and until when. See lease.ts. */
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
  /** Tells whether two accounts have one key, and nothing of the key. */
  readonly keyDigest: string;
  readonly keyKind: string;
  readonly connectedAt: Now;
};

/** A channel of the connected chat account. See connections/channels-held.ts. */
type ChatChannelRow = {
  /** Of its id: it tells whether two accounts have one channel. */
  readonly digest: string;
  readonly accountId: string;
};

/** What lets an account's roles be written. See connections/partner-grant.ts. */
type PartnerGrantRow = {
  readonly accountId: string;
  /** Who has given it. */
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
  /** As it was sent: the order of its fields is kept. */
  readonly settings: string;
};

/** See lanes.ts. */
type LaneRow = { readonly accountId: string; readonly name: string };

/** A client or deal of which we told the chat service. See chat/copy.ts. */
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

/** A client whom somebody wants. See claims/grant.ts. */
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
  /** Something in the CRM undid what was put right. */
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
  /** What follows it; null when nothing does. */
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
