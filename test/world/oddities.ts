/**
 * Where the vendor's documents leave something open or allow two ways, this world uses one of them, and a test may
 * choose which.
 */
export type Oddities = {
  /** The answer to a change of one contact: documented flat, observed wrapped. Neither contains the owner. */
  patchAnswer: 'plain' | 'embedded';
  /** Lifetime of the one-time token. A negative number issues expired tokens. */
  tokenLifetimeSeconds: number;
  /** The vendor's own SDK reads `is_admin`, but its page on tokens does not list it. */
  tokenWithoutAdminClaim: boolean;
  /** The pause that a 429 of the CRM requests. */
  retryAfterSeconds: number;
  /** The delay between a write and the time when its event can be read; not documented. */
  eventLagMs: number;
  /** The delay of a request that is `late`. */
  lateMs: number;
  /** The delay of the second execution of a request that happens `twice`. */
  twiceMs: number;
  /**
   * Error 244 for one record is the answer for the whole batch. It is not documented whether the other records of the
   * batch are changed.
   */
  refusedBatch: 'others-changed' | 'nothing-changed';
  /** One page says that a refresh token ends when it is used, another that it lives until the next one is used. */
  refreshRotation: 'strict' | 'until-next-use';
  /** The status with which a grant is refused; both have been observed. */
  tokenRefusalStatus: 400 | 401;
  /**
   * Whose rights apply to a request with `X-Context-User-ID`: that user's, or those of the person who gave the grant.
   * Either way it is recorded in that user's name; the rest is not documented.
   */
  contextRights: 'theirs' | 'givers';
  /** The status with which a plan without hooks refuses a subscription; neither has been observed. */
  noHooksStatus: 402 | 403;
  /** Whether subscribing again replaces the hook's settings or adds to them. */
  hookSettings: 'replaced' | 'merged';
  /** Whether subscribing again switches on a hook that the CRM had switched off. */
  postEnablesHook: boolean;
  /** Whether an integration's hooks are removed when an account switches it off. */
  disableRemovesHooks: boolean;
  /** The delay between a change and its hook. */
  hookDelayMs: number;
  /** How many changes one hook may contain; they accumulate while it waits. */
  hookBatch: number;
  /** Older samples of a hook's body do not contain the account. */
  hookWithoutAccount: boolean;
  /** Whether the author of a change is reported as 0, as happens at times. */
  hookWithoutAuthor: boolean;
  /** Changes of one record within one second: each is reported, or only the first. */
  hookWithinSecond: 'each' | 'later-lost';
  /** The waits before the chat service repeats a refused webhook the first time, the second time and so on. */
  chatHookWaitsMs: readonly number[];
  /** The delay between an event and its webhook. */
  chatHookDelayMs: number;
  /** How many messages and statuses one webhook may contain; they accumulate while it waits. */
  chatHookBatch: number;
  /** One page says that messages sent through the API are reported as well, another that they are not. */
  chatEchoesApi: boolean;
  /** Whether the state of "Connect" can be used only once; not documented. */
  connectStateOnce: boolean;
  /** Whether a partner's refresh token can be used only once: not documented, but clients act as if. */
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
