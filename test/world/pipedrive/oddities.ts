/** Where Pipedrive's documents leave something open or allow two ways (B17), a test chooses which way this world takes. */
export type PipedriveOddities = {
  /** One page says that a refresh answers with the same refresh token, another that each is good once. */
  refreshRotation: 'same' | 'rotated';
  /** What the callback is told when a person does not allow the app: the documents and the client differ. */
  deniedWord: 'user_denied' | 'access_denied';
  /** With which status a person is refused whom the asker may not see. */
  hiddenPerson: 403 | 404;
  /** Whether a deactivated user may be made an owner through the API. */
  inactiveOwner: 'taken' | 'refused';
  /** How much later than its write a change may be read in the changelog. */
  changelogLagMs: number;
  /** Under which key a deal's changelog names its owner. */
  dealOwnerKey: 'owner_id' | 'user_id';
  /** Whether a search for a number finds it when it was typed with other spaces and marks. */
  phoneSearch: 'as-typed' | 'by-digits';
  /** Whether the persons of a deal include its main one. That they include its participants is taken for granted. */
  linkedPersons: 'all' | 'participants';
  /** Whether the visibility groups are shown to administrators alone: two pages of the reference differ. */
  rolesShownTo: 'everybody' | 'admins';
  /** How a list says that it is over. */
  lastPage: 'null' | 'missing';
  /** What a webhook tells of the record before: the fields that changed, or all of them. */
  hookPrevious: 'changed' | 'whole';
  /** Events of users had a number of seconds once. */
  userEventTime: 'rfc3339' | 'seconds';
  /** How an address is looked at before a webhook is made. */
  hookProbe: 'GET' | 'HEAD' | 'POST';
  /** How long after a change its webhook is sent. */
  hookDelayMs: number;
  /** Of a 429; null for none. */
  retryAfterSeconds: number | null;
  /** Whether answers tell what is left of the day's budget. */
  dailyHeaders: boolean;
  /** Which of the two forms a bad token is refused with. */
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
  linkedPersons: 'all',
  rolesShownTo: 'everybody',
  lastPage: 'null',
  hookPrevious: 'changed',
  userEventTime: 'rfc3339',
  hookProbe: 'GET',
  hookDelayMs: 0,
  retryAfterSeconds: null,
  dailyHeaders: true,
  unauthorizedForm: 'invalid-token',
});
