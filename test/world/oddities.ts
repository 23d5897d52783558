/** In what the maker's documents leave open or allow two ways, this world takes one: which, a test may choose. */
export type Oddities = {
  /** The answer to a change of one contact: documented flat, seen wrapped. Neither tells the responsible. */
  patchAnswer: 'plain' | 'embedded';
  /** Of the one-time token. A negative number hands out tokens that are over already. */
  tokenLifetimeSeconds: number;
  /** The maker's own SDK reads `is_admin`, its page on tokens does not list it. */
  tokenWithoutAdminClaim: boolean;
  /** What a 429 of the CRM asks for. */
  retryAfterSeconds: number;
  /** How much later than its write an event may be read: whether at once is documented nowhere. */
  eventLagMs: number;
  /** How much later a request is carried out that is `late`. */
  lateMs: number;
  /** How much later a request is carried out again that happens `twice`. */
  twiceMs: number;
  /**
   * Error 244 for one record answers for its whole batch. What becomes of the other records of the batch is
   * documented nowhere: they are changed all the same, or left alone too.
   */
  refusedBatch: 'others-changed' | 'nothing-changed';
  /** One page says that a refresh token is over when it was used, another that it lives until the next one is used. */
  refreshRotation: 'strict' | 'until-next-use';
  /** With which status a grant is refused; both were seen. */
  tokenRefusalStatus: 400 | 401;
  /**
   * Whose rights a request has that names somebody in `X-Context-User-ID`: theirs, or those of whoever gave the grant. It is
   * theirs in name either way; more is documented nowhere.
   */
  contextRights: 'theirs' | 'givers';
  /** With which status a plan without hooks refuses a subscription; neither was seen. */
  noHooksStatus: 402 | 403;
  /** Whether subscribing again replaces what the hook asked for or adds to it. */
  hookSettings: 'replaced' | 'merged';
  /** Whether subscribing again switches on a hook that the CRM had switched off. */
  postEnablesHook: boolean;
  /** Whether an integration's hooks go when an account switches it off. */
  disableRemovesHooks: boolean;
  /** How long after a change its hook is sent. */
  hookDelayMs: number;
  /** How many changes one hook may carry; they gather while it waits. */
  hookBatch: number;
  /** Older samples of a hook's body do not say which account it is of. */
  hookWithoutAccount: boolean;
  /** Who changed a record is told as 0 at times. */
  hookWithoutAuthor: boolean;
  /** Changes of one record within one second: each is told, or only the first. */
  hookWithinSecond: 'each' | 'later-lost';
  /** How long the chat service waits before it sends a refused webhook again, once, twice and so on. */
  chatHookWaitsMs: readonly number[];
  /** How long after an event its webhook is sent. */
  chatHookDelayMs: number;
  /** How many messages and statuses one webhook may carry; they gather while it waits. */
  chatHookBatch: number;
  /** One page says that what was sent through the API is told as well, another that it is not. */
  chatEchoesApi: boolean;
  /** Whether the state of "Connect" is good once: its documentation does not say. */
  connectStateOnce: boolean;
  /** Whether a partner's refresh token is good once: its documentation does not say, and clients act as if. */
  partnerRefreshOnce: boolean;
};

export const usualOddities = (): Oddities => ({
  patchAnswer: 'plain',
  tokenLifetimeSeconds: 1800,
  tokenWithoutAdminClaim: false,
  retryAfterSeconds: 1,
  eventLagMs: 0,
  lateMs: 20_000,
  twiceMs: 300,
  refusedBatch: 'others-changed',
  refreshRotation: 'strict',
  tokenRefusalStatus: 401,
  contextRights: 'theirs',
  noHooksStatus: 403,
  hookSettings: 'replaced',
  postEnablesHook: false,
  disableRemovesHooks: false,
  hookDelayMs: 0,
  hookBatch: 1,
  hookWithoutAccount: false,
  hookWithoutAuthor: false,
  hookWithinSecond: 'each',
  chatHookWaitsMs: [],
  chatHookDelayMs: 0,
  chatHookBatch: 1,
  chatEchoesApi: true,
  connectStateOnce: true,
  partnerRefreshOnce: true,
});
