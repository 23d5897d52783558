/** Where Pipedrive's documents leave something open or allow two ways, a test chooses which one this world uses. */
export type PipedriveOddities = {
  /** One page says that a refresh returns the same refresh token, another that each can be used once. */
  refreshRotation: 'same' | 'rotated';
  /** The callback's error when a person does not allow the app: the documents and the client library differ. */
  deniedWord: 'user_denied' | 'access_denied';
  /** The status for a user whom the caller may not see. */
  hiddenPerson: 403 | 404;
  /** Whether a deactivated user may become an owner through the API. */
  inactiveOwner: 'taken' | 'refused';
  /** The delay until a write can be read in the changelog. */
  changelogLagMs: number;
  /** The key of the owner in a deal's changelog. */
  dealOwnerKey: 'owner_id' | 'user_id';
  /** Whether a search for a number finds it if it is stored with other spaces and punctuation. */
  phoneSearch: 'as-typed' | 'by-digits';
  /** Whether a list by the time of the update contains deleted records. */
  deletedInLists: boolean;
  /** How a list marks its last page. */
  lastPage: 'null' | 'missing';
  /** What a webhook contains about the previous record: only the changed fields, or all. */
  hookPrevious: 'changed' | 'whole';
  /** Events of users used to have the time as a number of seconds. */
  userEventTime: 'rfc3339' | 'seconds';
  /** How an address is checked before a webhook is created. */
  hookProbe: 'GET' | 'HEAD' | 'POST';
  /** The delay between a change and its webhook. */
  hookDelayMs: number;
  /** The pause in a 429; null for none. */
  retryAfterSeconds: number | null;
  /** Whether answers contain the rest of the daily budget. */
  dailyHeaders: boolean;
  /** Which of two formats the refusal of an invalid token has. */
  unauthorizedForm: 'invalid-token' | 'unauthorized-access';
};

export const usualPipedriveOddities = (): PipedriveOddities => ({
  refreshRotation: 'same',
  deniedWord: 'user_denied',
  hiddenPerson: 403,
  inactiveOwner: 'taken',
  changelogLagMs: 0,
  dealOwnerKey: 'owner_id',
  phoneSearch: 'as-typed',
  deletedInLists: false,
  lastPage: 'null',
  hookPrevious: 'changed',
  userEventTime: 'rfc3339',
  hookProbe: 'GET',
  hookDelayMs: 0,
  retryAfterSeconds: null,
  dailyHeaders: true,
  unauthorizedForm: 'invalid-token',
});
